// SPDX-License-Identifier: MIT
// Listening sockets: binding them, and accepting connections on a loop.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "net/address.h"
#include "net/loop.h"

namespace net {

// What to listen on.
struct ListenOptions {
  // Name or numeric address; "" or "*" means every local address of both families. When not empty,
  // unix_path is used instead of host and port.
  std::string host = {};
  uint16_t port = 0;  // 0: the kernel chooses; all sockets of one call then share the port
  std::string unix_path = {};
  int family = AF_UNSPEC;   // AF_INET or AF_INET6 restricts host
  int backlog = 65536;      // the kernel lowers it to its own limit
  bool reuse_port = false;  // SO_REUSEPORT: several workers bind the same address
};

struct ListenSocket {
  base::Fd fd;      // non-blocking, close-on-exec, listening
  Address address;  // as bound, with the real port
};

// Binds and listens. Without host: one IPv4 and one IPv6-only socket, or just one of them when the
// other family is not available. With a name: every address it has. A stale UNIX socket file (no
// one answers on it) is replaced. Resolves names by blocking: call it before the loop runs.
base::Result<std::vector<ListenSocket>> listen_on(const ListenOptions& options);

// Accepts connections from one listening socket while it lives and is not paused.
class Listener {
 public:
  // Receives a connected, non-blocking, close-on-exec socket.
  using OnAccept = std::function<void(base::Fd fd, Address peer)>;

  // The descriptor is taken over. The callback may destroy the listener.
  Listener(EventLoop& loop, ListenSocket socket, OnAccept on_accept);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  const Address& address() const { return socket_.address; }
  // Connections wait in the kernel's queue while paused.
  void pause();
  void resume();
  // Called with the reason when accept() fails for lack of descriptors or memory; accepting goes on
  // after a pause of 100 ms.
  void set_on_error(std::function<void(const std::string& reason)> on_error);

 private:
  void accept_some();

  ListenSocket socket_;
  OnAccept on_accept_;
  std::function<void(const std::string&)> on_error_;
  bool paused_ = false;
  Lifeline lifeline_;
  FdWatch watch_;
  Timer retry_;
};

}  // namespace net
