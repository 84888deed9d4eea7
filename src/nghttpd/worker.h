// SPDX-License-Identifier: MIT
// A thread with its own event loop, and the connections it serves.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <thread>
#include <unordered_map>

#include "base/file.h"
#include "http2/server_connection.h"
#include "nghttpd/access_log.h"
#include "nghttpd/service.h"
#include "tls/context.h"

namespace nghttpd {

class Peer;

// What every worker is made from; outlives them.
struct ServerParts {
  const Config& config;
  const DocumentRoot& root;
  const http::MediaTypes& media_types;
  std::optional<tls::Context> tls;
  // nullptr if none is wanted.
  AccessLog* access_log = nullptr;
  // Called by workers when a connection has ended, unless empty.
  std::function<void()> connection_ended = {};
  std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
};

class Worker {
 public:
  explicit Worker(const ServerParts& parts);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // From any thread: serves a connection that has been accepted. `id` is for the trace.
  void take(base::Fd fd, net::Address address, std::uint64_t id);

  // From any thread: ends all connections after their running requests, then the loop.
  void shut_down();

  // From any thread: ends the loop now.
  void stop() { loop_.stop(); }

  // Waits for the thread, which ends after shut_down() or stop().
  void join();

 private:
  friend class Peer;

  void serve(base::Fd fd, net::Address address, std::uint64_t id);
  void begin_shut_down();
  void remove(std::uint64_t id);

  const ServerParts& parts_;
  net::EventLoop loop_;
  Service service_;
  std::optional<AccessLogBuffer> access_log_;
  std::unordered_map<std::uint64_t, Peer> peers_;
  bool shutting_down_ = false;
  std::thread thread_;
};

}  // namespace nghttpd
