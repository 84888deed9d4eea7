// SPDX-License-Identifier: MIT
// The whole server: listens, hands connections to workers, ends on a signal.
#include "nghttpd/server.h"

#include <unistd.h>
#include <csignal>
#include <cstdio>
#include <thread>

#include "base/log.h"
#include "base/text.h"
#include "nghttpd/connection_limit.h"
#include "nghttpd/resource.h"

namespace nghttpd {

namespace {

// Between two messages of one kind.
constexpr std::chrono::seconds kQuietTime(60);

void announce(const std::vector<net::ListenSocket>& sockets) {
  for (const net::ListenSocket& socket : sockets) {
    const bool is_ipv6 = socket.address.family() == AF_INET6;
    std::printf("%s: listen %s:%u\n", is_ipv6 ? "IPv6" : "IPv4", socket.address.host().c_str(),
                static_cast<unsigned>(socket.address.port()));
  }
  std::fflush(stdout);
}

}  // namespace

base::Result<std::unique_ptr<Server>> Server::create(Config config) {
  auto root = DocumentRoot::open(config.htdocs, config.follow_symlinks);
  if (!root) return base::Error{root.error()};
  std::unique_ptr<Server> server(new Server(std::move(config), *std::move(root)));
  for (const auto& result :
       {server->check_push_map(), server->prepare_tls(), server->prepare_media_types(),
        server->open_access_log(), server->bind()}) {
    if (!result) return base::Error{result.error()};
  }
  return server;
}

base::Result<void> Server::open_access_log() {
  if (config_.access_log.empty()) return {};
  auto log = AccessLog::open(config_.access_log,
                             config_.access_log_format.value_or(AccessLogFormat::combined));
  if (!log) return base::Error{log.error()};
  access_log_ = *std::move(log);
  parts_.access_log = access_log_.get();
  return {};
}

base::Result<void> Server::prepare_tls() {
  if (!config_.tls) return {};
  auto identity = tls::load_identity(config_.certificate_file, config_.key_file);
  if (!identity) return base::Error{identity.error()};
  tls::ContextOptions options;
  options.alpn = {"h2"};
  options.identities.push_back(*std::move(identity));
  options.groups = config_.groups;
  options.dh_params_file = config_.dh_param_file;
  options.ktls = config_.ktls;
  options.keylog_file = tls::keylog_file_from_environment();
  if (config_.verify_client) options.client_certificate = tls::ClientCertificate::verify;
  options.ca_file = config_.ca_file;
  auto context = tls::Context::for_server(std::move(options));
  if (!context) return base::Error{context.error()};
  parts_.tls = *std::move(context);
  return {};
}

base::Result<void> Server::prepare_media_types() {
  const auto loaded = media_types_.load(config_.mime_types_file);
  // The default file is a convenience; one that was asked for must be readable.
  if (!loaded && config_.mime_types_file != Config().mime_types_file) {
    return base::Error{loaded.error()};
  }
  return {};
}

// What is to be pushed, and what with, must be there: a misspelt path would never push anything.
base::Result<void> Server::check_push_map() const {
  const auto is_file = [this](const std::string& path) {
    const auto relative = file_path(path);
    return relative && open_resource(root_, *relative)->status == OpenStatus::file;
  };
  for (const auto& [path, pushed] : config_.push) {
    for (const std::string& each : pushed) {
      const std::string rule = "--push " + base::quote(path + "=" + each) + ": no file is at ";
      if (!is_file(path)) return base::Error{rule + base::quote(path)};
      if (!is_file(each)) return base::Error{rule + base::quote(each)};
    }
  }
  return {};
}

base::Result<void> Server::bind() {
  net::ListenOptions options;
  options.host = config_.address;
  options.port = config_.port;
  auto sockets = net::listen_on(options);
  if (!sockets) return base::Error{sockets.error()};
  sockets_ = *std::move(sockets);
  config_.port = sockets_.front().address.port();
  return {};
}

// Where descriptors run out, they do so again and again.
void Server::note_refusal(const std::string& reason) {
  const auto now = net::Clock::now();
  if (last_refusal_ && now - *last_refusal_ < kQuietTime) return;
  last_refusal_ = now;
  base::log_warning(reason + "; connections wait");
}

void Server::run() {
  if (config_.verbose) announce(sockets_);
  net::EventLoop loop;
  std::vector<std::unique_ptr<net::Listener>> listeners;
  ConnectionLimit limit(loop, config_.max_connections, listeners);
  parts_.connection_ended = limit.end_notice();
  for (std::size_t i = 0; i < config_.workers; ++i) {
    workers_.push_back(std::make_unique<Worker>(parts_));
  }
  std::uint64_t next_id = 1;
  for (net::ListenSocket& socket : sockets_) {
    listeners.push_back(std::make_unique<net::Listener>(
        loop, std::move(socket), [this, &next_id, &limit](base::Fd fd, net::Address address) {
          limit.connection_begins();
          const std::uint64_t id = next_id++;
          workers_[id % workers_.size()]->take(std::move(fd), address, id);
        }));
    listeners.back()->set_on_error([this](const std::string& reason) { note_refusal(reason); });
  }
  net::Timer deadline(loop, [this, &loop] {
    for (const auto& worker : workers_)
      worker->stop();
    loop.stop();
  });
  // Joining waits for the workers, so it happens beside the loop, which still takes signals.
  std::thread joiner;
  const auto on_signal = [&](int) {
    if (shutting_down_) {
      deadline.start(std::chrono::seconds(0));
      return;
    }
    shutting_down_ = true;
    listeners.clear();
    if (config_.shutdown_timeout.count() > 0) deadline.start(config_.shutdown_timeout);
    for (const auto& worker : workers_)
      worker->shut_down();
    joiner = std::thread([this, &loop] {
      for (const auto& worker : workers_)
        worker->join();
      loop.stop();
    });
  };
  net::Signal on_term(loop, SIGTERM, on_signal);
  net::Signal on_int(loop, SIGINT, on_signal);
  std::optional<net::Signal> on_usr1;
  if (access_log_) on_usr1.emplace(loop, SIGUSR1, [this](int) { access_log_->reopen(); });
  loop.run();
  if (joiner.joinable()) joiner.join();
  workers_.clear();
}

}  // namespace nghttpd
