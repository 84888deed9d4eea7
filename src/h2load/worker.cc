// SPDX-License-Identifier: MIT
// A thread with an event loop and some of the clients.
#include "h2load/worker.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "h2load/console.h"
#include "h2load/options.h"

namespace h2load {

namespace {

constexpr std::size_t kInputBytes = 256 * 1024;
constexpr std::size_t kOutputBytes = 128 * 1024;
// How often limits of time are looked at.
constexpr std::chrono::milliseconds kTick{100};
// How long requests of a timed run may take when its time is over.
constexpr std::chrono::seconds kDrainTime{5};

std::unique_ptr<Arrivals> common_arrivals(const Config& config, const Share& share) {
  if (config.total_rate <= 0 && config.ramp.empty()) return nullptr;
  std::vector<RampStage> ramp = config.ramp;
  for (RampStage& stage : ramp)
    stage.rate /= share.workers;
  const double phase = static_cast<double>(share.worker) / share.workers;
  return std::make_unique<RateArrivals>(RateCourse(config.total_rate / share.workers, ramp),
                                        config.arrival, phase);
}

}  // namespace

Worker::Worker(const Plan& plan, const Share& share, Timeline& timeline,
               std::unique_ptr<RequestLog> log, std::function<void()> on_end)
    : plan_(plan),
      share_(share),
      on_end_(std::move(on_end)),
      // Timers that keep to milliseconds would blur when requests start.
      loop_(has_schedule(plan.config)),
      resolver_(loop_),
      recorder_(plan, share.worker, timeline, std::move(log)),
      input_memory_(kInputBytes),
      output_memory_(kOutputBytes),
      left_(share.requests.value_or(Client::kUnlimited)),
      tick_timer_(loop_, [this] { tick(); }),
      phase_timer_(loop_,
                   [this] {
                     read_clock();
                     next_phase();
                   }),
      schedule_timer_(loop_,
                      [this] {
                        read_clock();
                        distribute(nullptr);
                      }),
      clients_timer_(loop_, [this] {
        read_clock();
        start_clients();
      }) {
  if (auto arrivals = common_arrivals(plan.config, share)) {
    schedule_ = std::make_unique<Schedule>(std::move(arrivals), recorder_.result().rate);
  }
  make_clients();
}

Worker::~Worker() = default;

void Worker::make_clients() {
  const bool shared = schedule_ != nullptr;
  const std::uint64_t n = share_.clients;
  for (std::uint64_t i = 0; i < n; ++i) {
    std::uint64_t quota = Client::kUnlimited;
    // A script is for each client, a number of requests for all of them.
    if (plan_.requests && !plan_.script.empty()) {
      quota = *plan_.requests;
    } else if (share_.requests && !shared) {
      quota = *share_.requests / n + (i < *share_.requests % n ? 1 : 0);
    }
    const std::uint64_t number = share_.first_client + i;
    clients_.push_back(std::make_unique<Client>(*this, plan_.targets[number % plan_.targets.size()],
                                                number, quota));
  }
}

void Worker::start() {
  thread_ = std::thread([this] { run(); });
}

void Worker::stop() {
  loop_.post([this] {
    read_clock();
    end_now();
  });
}

void Worker::join() {
  if (thread_.joinable()) thread_.join();
}

void Worker::run() {
  loop_.defer([this] {
    read_clock();
    begin();
  });
  loop_.run();
  read_clock();
  recorder_.end(now_);
  usage_.end(recorder_.result());
  if (const auto done = recorder_.finish(now_); !done) error_ = done.error();
  clients_.clear();
  on_end_();
}

// ---- Phases of a run ----

void Worker::begin() {
  if (plan_.config.warm_up.count() > 0) {
    phase_timer_.start(plan_.config.warm_up);
    say("Warm-up started for thread #%u.\n", share_.worker);
  } else {
    begin_counting();
  }
  if (schedule_) {
    schedule_->begin(now_);
    schedule_timer_.start(std::chrono::nanoseconds::zero());
  }
  tick_timer_.start(kTick);
  start_clients();
}

void Worker::next_phase() {
  switch (phase_) {
    case Phase::warm_up:
      say("Warm-up phase is over for thread #%u.\n"
          "Main benchmark duration is started for thread #%u.\n",
          share_.worker, share_.worker);
      begin_counting();
      return;
    case Phase::counting: end_sending(); return;
    case Phase::draining:
    case Phase::ended: end_now(); return;
  }
}

void Worker::begin_counting() {
  phase_ = Phase::counting;
  recorder_.begin(now_);
  usage_.begin();
  counting_since_ = now_;
  if (schedule_) schedule_->begin_counting(now_);
  for (const auto& client : clients_)
    client->begin_counting(now_);
  if (plan_.config.is_timed()) phase_timer_.start(plan_.config.duration);
}

void Worker::end_sending() {
  say("Main benchmark duration is over for thread #%u. Stopping all clients.\n", share_.worker);
  phase_ = Phase::draining;
  recorder_.end(now_);
  end_schedules();
  phase_timer_.start(kDrainTime);
  for (const auto& client : clients_)
    client->stop_sending();
}

void Worker::end_schedules() {
  if (schedule_) schedule_->end(now_);
  for (const auto& client : clients_)
    client->end_schedule(now_);
}

void Worker::end_now() {
  if (phase_ == Phase::ended) return;
  if (is_sending() && recorder_.is_counting()) end_schedules();
  phase_ = Phase::ended;
  recorder_.end(now_);
  for (const auto& client : clients_)
    client->abort();
}

void Worker::client_finished(std::uint64_t responses, TimePoint began) {
  const TimePoint from = std::max(began, counting_since_);
  const TimePoint to = std::max(from, phase_ == Phase::counting ? now_ : recorder_.ended_at());
  recorder_.client_finished(responses, began == TimePoint{} ? net::Clock::duration(0) : to - from);
  if (++finished_clients_ < clients_.size()) return;
  if (phase_ == Phase::draining) say("Stopped all clients for thread #%u\n", share_.worker);
  // Those of a common schedule that no client is left for.
  if (schedule_ && is_sending() && left_ != Client::kUnlimited && left_ > 0) {
    recorder_.requests_abandoned(left_, "no connection");
  }
  recorder_.end(now_);
  phase_ = Phase::ended;
  loop_.stop();
}

// ---- Clients ----

void Worker::start_clients() {
  const std::uint64_t rate = share_.connection_rate;
  const std::uint64_t until =
      rate == 0 ? clients_.size()
                : std::min<std::uint64_t>(started_clients_ + rate, clients_.size());
  for (; started_clients_ < until; ++started_clients_) {
    clients_[started_clients_]->start();
  }
  show_started();
  if (started_clients_ < clients_.size()) clients_timer_.start(plan_.config.rate_period);
}

Exchange& Worker::acquire_exchange() {
  if (free_exchanges_.empty()) {
    all_exchanges_.push_back(std::make_unique<Exchange>());
    free_exchanges_.push_back(all_exchanges_.back().get());
  }
  Exchange& exchange = *free_exchanges_.back();
  free_exchanges_.pop_back();
  exchange = Exchange{};
  return exchange;
}

void Worker::tick() {
  read_clock();
  recorder_.close_seconds(now_);
  for (const auto& client : clients_)
    client->check_time(now_);
  if (phase_ != Phase::ended) tick_timer_.start(kTick);
}

// ---- A schedule for all clients ----

void Worker::distribute(Client* ready) {
  if (ready && ready->is_ready() && !std::exchange(ready->is_queued, true)) {
    ready_.push_back(ready);
  }
  if (!is_sending()) return;
  while (left_ > 0 && schedule_->is_due(now_)) {
    Client* const client = take_ready();
    if (!client) {
      const bool connected = std::ranges::any_of(clients_, &Client::is_connected);
      schedule_->set_obstacle(connected ? Obstacle::stream : Obstacle::connection);
      break;
    }
    if (left_ != Client::kUnlimited) --left_;
    client->send(schedule_->take(now_));
    if (client != ready && (touched_.empty() || touched_.back() != client)) {
      touched_.push_back(client);
    }
    if (client->is_ready() && !std::exchange(client->is_queued, true)) ready_.push_back(client);
  }
  if (left_ == 0 || !schedule_->is_due(now_)) schedule_->set_obstacle(Obstacle::none);
  // What is due already goes when a client becomes ready.
  const TimePoint next = schedule_->next();
  if (left_ > 0 && next > now_ && next != TimePoint::max()) schedule_timer_.start(next - now_);
  for (Client* const client : std::exchange(touched_, {}))
    client->flush();
}

Client* Worker::take_ready() {
  while (!ready_.empty()) {
    Client* const client = ready_.front();
    ready_.pop_front();
    client->is_queued = false;
    if (client->is_ready()) return client;
  }
  return nullptr;
}

void Worker::request_over() {
  if (left_ > 0 || recorder_.in_flight() > 0 || end_scheduled_) return;
  end_scheduled_ = true;
  // Not here: this is inside an event of a connection.
  loop_.defer([this] {
    read_clock();
    end_scheduled_ = false;
    if (left_ > 0 || std::ranges::any_of(clients_, &Client::has_unfinished)) return;
    for (const auto& client : clients_)
      client->stop_sending();
  });
}

// ---- What is shown meanwhile ----

void Worker::connected(const net::Transport& transport, const char* protocol,
                       net::Clock::duration taken) {
  recorder_.connection_made(transport, protocol, taken);
  if (share_.worker != 0 || std::exchange(connection_shown_, true)) return;
  show_connection(transport, protocol);
}

// As clients of this program's name have always told it.
void Worker::show_connection(const net::Transport& transport, const char* protocol) const {
  if (const auto security = transport.security()) {
    say("TLS Protocol: %s\nCipher: %s\n", security->version.c_str(), security->cipher.c_str());
    const std::string& key = security->key_exchange;
    if (!key.empty()) {
      say("Server Temp Key: %s%s\n", key.starts_with("P-") ? "ECDH " : "", key.c_str());
    }
  }
  say("Application protocol: %s\n", protocol);
}

void Worker::show_started() {
  if (share_.worker != 0 || (share_.connection_rate == 0 && !plan_.config.is_timed())) return;
  while (started_shown_ < 10 && started_clients_ * 10 >= (started_shown_ + 1) * clients_.size()) {
    ++started_shown_;
    // As many clients may have begun at once as make several tenths.
    if (started_clients_ * 10 < (started_shown_ + 1) * clients_.size() || started_shown_ == 10) {
      say("progress: %u%% of clients started\n", started_shown_ * 10);
    }
  }
}

void Worker::show_progress() {
  if (share_.worker != 0 || !share_.requests || *share_.requests == 0) return;
  if (share_.connection_rate > 0) return;
  while (progress_shown_ < 10 &&
         recorder_.finished_requests() * 10 >= (progress_shown_ + 1) * *share_.requests) {
    ++progress_shown_;
    say("progress: %u%% done\n", progress_shown_ * 10);
  }
}

}  // namespace h2load
