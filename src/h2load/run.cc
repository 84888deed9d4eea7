// SPDX-License-Identifier: MIT
// Carries a plan out with its threads.
#include "h2load/run.h"

#include <fcntl.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/number.h"
#include "h2load/console.h"
#include "h2load/options.h"
#include "h2load/worker.h"

namespace h2load {

namespace {

// Beyond those of the clients: files, event loops, standard streams.
constexpr std::uint64_t kOtherDescriptors = 64;
constexpr std::uint64_t kDescriptorsPerThread = 8;

// As many open files as there may be connections.
base::Result<void> allow_descriptors(const Config& config) {
  const std::uint64_t wanted =
      config.clients + config.threads * kDescriptorsPerThread + kOtherDescriptors;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) return {};
  if (limit.rlim_max < wanted) {
    return base::Error{"so many clients need " + std::to_string(wanted) +
                       " open files, but this process may have " + std::to_string(limit.rlim_max) +
                       " only (see 'ulimit -n')"};
  }
  limit.rlim_cur = wanted;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  return {};
}

// The part of `whole` that is number `index` of `parts`, the first ones being larger.
std::uint64_t part_of(std::uint64_t whole, std::uint64_t parts, std::uint64_t index) {
  return whole / parts + (index < whole % parts ? 1 : 0);
}

std::vector<Share> share_out(const Plan& plan) {
  const Config& config = plan.config;
  std::vector<Share> shares;
  std::uint64_t first_client = 0;
  for (std::uint64_t i = 0; i < config.threads; ++i) {
    Share share;
    share.worker = static_cast<unsigned>(i);
    share.workers = static_cast<unsigned>(config.threads);
    share.first_client = first_client;
    share.clients = part_of(config.clients, config.threads, i);
    share.connection_rate = part_of(config.connection_rate, config.threads, i);
    if (plan.requests) {
      share.requests = plan.script.empty() ? part_of(*plan.requests, config.threads, i)
                                           : *plan.requests * share.clients;
    }
    first_client += share.clients;
    shares.push_back(share);
  }
  return shares;
}

void announce(const Config& config, const Share& share) {
  std::string what;
  if (config.connection_rate > 0) {
    what = "Up to " + std::to_string(share.connection_rate) + " client(s) will be created every " +
           base::format_duration(
               std::chrono::duration_cast<std::chrono::milliseconds>(config.rate_period)) +
           " ";
  }
  if (config.is_timed()) {
    const auto text = [](std::chrono::nanoseconds duration) {
      return base::format_duration(std::chrono::duration_cast<std::chrono::milliseconds>(duration));
    };
    what = "Timing-based test with " + text(config.warm_up) + " of warm-up time and " +
           text(config.duration) + " of main duration for measurements.";
  } else {
    what += std::to_string(share.requests.value_or(0)) + " total requests";
  }
  say("spawning thread #%u: %llu total client(s). %s\n", share.worker,
      static_cast<unsigned long long>(share.clients), what.c_str());
}

class Run {
 public:
  Run(const Plan& plan, std::function<void(const Second&)> on_second)
      : plan_(plan), timeline_(plan.config.threads, std::move(on_second)) {}

  base::Result<Result> carry_out() {
    base::Fd log;
    if (const std::string& path = plan_.config.log_file; !path.empty()) {
      auto file = base::open_file(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0644);
      if (!file) return base::Error{file.error()};
      log = *std::move(file);
    }
    say("starting benchmark...\n");
    for (const Share& share : share_out(plan_)) {
      announce(plan_.config, share);
      workers_.push_back(std::make_unique<Worker>(
          plan_, share, timeline_, log ? std::make_unique<RequestLog>(log.get()) : nullptr,
          [this] { loop_.post([this] { worker_ended(); }); }));
    }
    wait();
    return gather();
  }

 private:
  void wait() {
    // What the keyboard or a supervisor ends still has its report.
    const auto stop = [this](int) {
      for (const auto& worker : workers_)
        worker->stop();
    };
    net::Signal interrupt(loop_, SIGINT, stop);
    net::Signal terminate(loop_, SIGTERM, stop);
    for (const auto& worker : workers_)
      worker->start();
    loop_.run();
    for (const auto& worker : workers_)
      worker->join();
  }

  void worker_ended() {
    if (++ended_ == workers_.size()) loop_.stop();
  }

  base::Result<Result> gather() {
    Result total;
    for (const auto& worker : workers_) {
      if (!worker->error().empty()) return base::Error{worker->error()};
      total.merge(worker->result());
    }
    total.seconds = timeline_.seconds();
    total.counts.total = plan_.requests
                             ? *plan_.requests * (plan_.script.empty() ? 1 : plan_.config.clients)
                             : total.counts.started;
    if (has_schedule(plan_.config)) complete(total.rate, total.seconds_taken());
    return total;
  }

  void complete(Rate& rate, double seconds) const {
    rate.arrival = plan_.config.arrival == Arrival::poisson ? "poisson" : "constant";
    rate.intended = seconds > 0 ? static_cast<double>(rate.due) / seconds : 0;
  }

  const Plan& plan_;
  net::EventLoop loop_;
  Timeline timeline_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::size_t ended_ = 0;
};

}  // namespace

base::Result<Result> run(const Plan& plan, std::function<void(const Second&)> on_second) {
  if (const auto allowed = allow_descriptors(plan.config); !allowed) {
    return base::Error{allowed.error()};
  }
  return Run(plan, std::move(on_second)).carry_out();
}

}  // namespace h2load
