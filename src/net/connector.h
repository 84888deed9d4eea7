// SPDX-License-Identifier: MIT
// Outgoing connections: resolve, then race the addresses (RFC 8305, Happy Eyeballs).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "net/address.h"
#include "net/loop.h"
#include "net/resolver.h"

namespace net {

struct ConnectTarget {
  std::string host = {};  // name or numeric address without brackets
  uint16_t port = 0;
  std::string unix_path = {};  // used instead of host and port when not empty
  int family = AF_UNSPEC;      // AF_INET or AF_INET6 restricts the addresses
};

struct ConnectOptions {
  // For everything: resolving and all attempts. Zero: no limit of our own.
  std::chrono::milliseconds timeout{0};
  // How long one attempt may stay unanswered before the next address is tried beside it.
  std::chrono::milliseconds next_address_delay{250};
};

struct Connected {
  base::Fd fd;  // non-blocking, close-on-exec, TCP_NODELAY set for TCP
  Address peer;
};

// Makes one connection. Destroying it cancels.
class Connector {
 public:
  // Called once, never from inside connect(), and may destroy the connector. The error names the
  // target and every address that failed with its reason, e.g. "cannot connect to localhost:81
  // ([::1]:81: Connection refused; 127.0.0.1:81: Connection refused)".
  using Callback = std::function<void(base::Result<Connected>)>;

  Connector(EventLoop& loop, Resolver& resolver);
  ~Connector();
  Connector(const Connector&) = delete;
  Connector& operator=(const Connector&) = delete;

  // Starts; an earlier attempt is cancelled.
  void connect(const ConnectTarget& target, const ConnectOptions& options, Callback callback);
  // As above for addresses already known (at least one); tried in order, families interleaved.
  void connect(std::vector<Address> addresses, const ConnectOptions& options, Callback callback);
  void cancel();

  // When the name had become addresses; zero if it has not, or if there was none.
  Clock::time_point resolved_at() const { return resolved_at_; }

 private:
  struct Attempt;

  void begin(const ConnectOptions& options, Callback callback, std::string name);
  void start_next();
  void attempt_finished(Attempt* attempt);
  void note_failure(const Address& address, const std::string& reason);
  void fail_if_exhausted();
  void fail(const std::string& summary);
  void finish(base::Result<Connected> result);
  void timed_out();

  EventLoop& loop_;
  Resolver& resolver_;
  ConnectOptions options_;
  Callback callback_;
  std::string name_;
  std::shared_ptr<Resolver::Request> request_;
  std::vector<Address> addresses_;
  size_t next_ = 0;
  std::vector<std::unique_ptr<Attempt>> attempts_;
  std::string failures_;
  Clock::time_point resolved_at_;
  Timer next_timer_;
  Timer total_timer_;
};

}  // namespace net
