// SPDX-License-Identifier: MIT
// Listening sockets: binding them, and accepting connections on a loop.
#include "net/listener.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <utility>

#include "base/text.h"
#include "net/tcp_transport.h"

namespace net {

namespace {

// Accepted per wake-up, so that one busy port cannot starve the loop.
constexpr int kAcceptsPerWakeUp = 64;
constexpr std::chrono::milliseconds kRetryDelay{100};

// Why one address could not be listened on.
struct BindFailure {
  int error_number = 0;
  std::string text;
};

base::Error fail(BindFailure& failure, const Address& address, const char* step) {
  failure.error_number = errno;
  failure.text = "cannot listen on " + address.to_string() + ": " + step + ": " +
                 describe_errno(failure.error_number);
  return {failure.text};
}

bool enable(int fd, int level, int option) {
  const int on = 1;
  return ::setsockopt(fd, level, option, &on, sizeof(on)) == 0;
}

base::Result<ListenSocket> bind_and_listen(const Address& address, const ListenOptions& options,
                                           BindFailure& failure) {
  base::Fd fd(::socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd) return fail(failure, address, "socket");
  if (address.is_ip()) {
    if (!enable(fd.get(), SOL_SOCKET, SO_REUSEADDR)) return fail(failure, address, "SO_REUSEADDR");
    if (options.reuse_port && !enable(fd.get(), SOL_SOCKET, SO_REUSEPORT)) {
      return fail(failure, address, "SO_REUSEPORT");
    }
  }
  // IPv4 has a socket of its own; sharing one would make clients look like ::ffff:192.0.2.1.
  if (address.family() == AF_INET6 && !enable(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY)) {
    return fail(failure, address, "IPV6_V6ONLY");
  }
  if (::bind(fd.get(), address.get(), address.length()) < 0) return fail(failure, address, "bind");
  if (::listen(fd.get(), options.backlog) < 0) return fail(failure, address, "listen");
  Address bound = Address::local_of(fd.get());
  return ListenSocket{std::move(fd), bound};
}

// Removes a socket file that no process listens on any more.
void remove_stale_socket(const Address& address) {
  const std::string path = address.host();
  struct stat status {};
  if (path.starts_with('@') || ::lstat(path.c_str(), &status) < 0 || !S_ISSOCK(status.st_mode)) {
    return;
  }
  const base::Fd probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!probe) return;
  if (::connect(probe.get(), address.get(), address.length()) < 0 && errno == ECONNREFUSED) {
    ::unlink(path.c_str());
  }
}

base::Result<std::vector<ListenSocket>> listen_on_path(const ListenOptions& options) {
  auto address = Address::from_unix_path(options.unix_path);
  if (!address) return base::Error{address.error()};
  remove_stale_socket(*address);
  BindFailure failure;
  auto socket = bind_and_listen(*address, options, failure);
  if (!socket) return base::Error{socket.error()};
  std::vector<ListenSocket> sockets;
  sockets.push_back(std::move(*socket));
  return sockets;
}

base::Result<std::vector<Address>> find_addresses(const ListenOptions& options) {
  const bool everywhere = options.host.empty() || options.host == "*";
  const std::string host = everywhere ? "*" : base::escape(options.host);
  addrinfo hints{};
  hints.ai_family = options.family;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* list = nullptr;
  const int error = ::getaddrinfo(everywhere ? nullptr : options.host.c_str(),
                                  std::to_string(options.port).c_str(), &hints, &list);
  if (error) {
    const std::string reason =
        error == EAI_SYSTEM ? base::error_text(errno) : std::string(::gai_strerror(error));
    return base::Error{"cannot listen on " + format_endpoint(host, options.port) + ": " + reason};
  }
  std::vector<Address> addresses;
  for (const addrinfo* entry = list; entry; entry = entry->ai_next) {
    const Address address(entry->ai_addr, entry->ai_addrlen);
    if (address.is_ip() &&
        std::find(addresses.begin(), addresses.end(), address) == addresses.end()) {
      addresses.push_back(address);
    }
  }
  ::freeaddrinfo(list);
  return addresses;
}

// A family the machine does not have is no reason to fail when another one works.
bool lacks_family(int error_number) {
  return error_number == EAFNOSUPPORT || error_number == EADDRNOTAVAIL;
}

// One socket per address, all with the same port. Skips families the machine lacks unless none is
// left; on failure nothing is returned.
std::vector<ListenSocket> bind_all(const std::vector<Address>& addresses,
                                   const ListenOptions& options, BindFailure& failure) {
  std::vector<ListenSocket> sockets;
  uint16_t port = options.port;
  for (Address address : addresses) {
    address.set_port(port);
    auto socket = bind_and_listen(address, options, failure);
    if (socket) {
      port = socket->address.port();
      sockets.push_back(std::move(*socket));
    } else if (!lacks_family(failure.error_number)) {
      return {};
    }
  }
  return sockets;
}

}  // namespace

base::Result<std::vector<ListenSocket>> listen_on(const ListenOptions& options) {
  if (!options.unix_path.empty()) return listen_on_path(options);
  auto addresses = find_addresses(options);
  if (!addresses) return base::Error{addresses.error()};
  // A port of the kernel's choice for one family may be taken in the other: choose again then.
  constexpr int kPortAttempts = 16;
  BindFailure failure;
  for (int attempt = 0; attempt < kPortAttempts; ++attempt) {
    auto sockets = bind_all(*addresses, options, failure);
    if (!sockets.empty()) return sockets;
    if (options.port != 0 || failure.error_number != EADDRINUSE) break;
  }
  if (failure.text.empty()) return base::Error{"there is no address to listen on"};
  return base::Error{failure.text};
}

Listener::Listener(EventLoop& loop, ListenSocket socket, OnAccept on_accept)
    : socket_(std::move(socket)),
      on_accept_(std::move(on_accept)),
      watch_(
          loop, socket_.fd.get(), [this] { accept_some(); }, nullptr),
      retry_(loop, [this] {
        if (!paused_) watch_.want_read(true);
      }) {
  watch_.want_read(true);
}

Listener::~Listener() = default;

void Listener::pause() {
  paused_ = true;
  watch_.want_read(false);
}

void Listener::resume() {
  paused_ = false;
  if (!retry_.is_active()) watch_.want_read(true);
}

void Listener::set_on_error(std::function<void(const std::string&)> on_error) {
  on_error_ = std::move(on_error);
}

void Listener::accept_some() {
  const Lifeline::Watch alive(lifeline_);
  for (int i = 0; i < kAcceptsPerWakeUp && !paused_; ++i) {
    sockaddr_storage peer{};
    socklen_t length = sizeof(peer);
    base::Fd fd(::accept4(socket_.fd.get(), reinterpret_cast<sockaddr*>(&peer), &length,
                          SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!fd) {
      const int error_number = errno;
      if (error_number == EAGAIN || error_number == EWOULDBLOCK) return;
      const bool exhausted = error_number == EMFILE || error_number == ENFILE ||
                             error_number == ENOBUFS || error_number == ENOMEM;
      // Everything else is the fate of one connection that is already gone.
      if (!exhausted) continue;
      watch_.want_read(false);
      retry_.start(kRetryDelay);
      if (on_error_) {
        on_error_("cannot accept a connection on " + socket_.address.to_string() + ": " +
                  describe_errno(error_number));
      }
      return;
    }
    const Address address(reinterpret_cast<const sockaddr*>(&peer), length);
    if (address.is_ip()) set_no_delay(fd.get());
    on_accept_(std::move(fd), address);
    if (alive.is_gone()) return;
  }
}

}  // namespace net
