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
  // Used instead of resolving the host when not empty.
  std::vector<Address> addresses = {};
};

struct ConnectOptions {
  // For everything: resolving and all attempts. Zero: no limit of our own.
  std::chrono::milliseconds timeout{0};
  // How long one attempt may stay unanswered before the next address is tried beside it.
  std::chrono::milliseconds next_address_delay{250};
  // How long IPv4 addresses wait for IPv6 addresses to be known, too.
  std::chrono::milliseconds resolution_delay{50};
  // Our end of the connection; empty: the system chooses. Only for targets of its family.
  Address source = {};
};

struct Connected {
  base::Fd fd;  // non-blocking, close-on-exec, TCP_NODELAY set for TCP
  Address peer;
};

// Makes one connection. Destroying it cancels. The addresses of both IP versions are looked up side
// by side, so that a name server that is slow or silent for one of them does not hold the other up.
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

  // Whether the latest failure is that of ConnectOptions::timeout.
  bool has_timed_out() const { return has_timed_out_; }

 private:
  struct Attempt;

  void begin(const ConnectOptions& options, Callback callback, std::string name);
  void look_up(const std::string& host, uint16_t port, int family);
  void looked_up(int family, base::Result<Resolver::Addresses> result);
  void add_addresses(std::vector<Address> more, int first_family);
  void start_next();
  bool try_later(const Address& address);
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
  // Lookups that have been started, and how many of them have not come back.
  std::vector<std::shared_ptr<Resolver::Request>> requests_;
  size_t pending_lookups_ = 0;
  std::string lookup_failure_;
  // Tried up to next_.
  std::vector<Address> addresses_;
  size_t next_ = 0;
  bool has_timed_out_ = false;
  std::vector<std::unique_ptr<Attempt>> attempts_;
  std::string failures_;
  Clock::time_point resolved_at_;
  Clock::time_point began_;
  Timer next_timer_;
  Timer resolution_timer_;
  Timer total_timer_;
};

}  // namespace net
