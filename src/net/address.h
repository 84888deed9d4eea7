// SPDX-License-Identifier: MIT
// Socket addresses (IPv4, IPv6, UNIX) and their text forms.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace net {

// A socket address by value; default constructed it is empty (family AF_UNSPEC).
class Address {
 public:
  Address() = default;
  // Copies at most sizeof(sockaddr_storage) bytes.
  Address(const sockaddr* address, socklen_t length);

  // A numeric IPv4 or IPv6 address (without brackets; a scope such as %eth0 is accepted).
  static std::optional<Address> from_ip(std::string_view ip, uint16_t port);
  // A UNIX socket path; a leading '@' means the abstract name space. Too long paths are an error.
  static base::Result<Address> from_unix_path(std::string_view path);
  // The two ends of a socket; empty when the kernel does not tell.
  static Address local_of(int fd);
  static Address peer_of(int fd);

  int family() const { return get()->sa_family; }
  bool empty() const { return length_ == 0; }
  bool is_ip() const { return family() == AF_INET || family() == AF_INET6; }
  bool is_unix() const { return family() == AF_UNIX; }

  // Numeric address without port and brackets; the path for UNIX sockets ("" for unnamed ones).
  std::string host() const;
  // The 4 or 16 octets of an IP address in network order; "" for others.
  std::string network_octets() const;
  // 0 for UNIX sockets.
  uint16_t port() const;
  void set_port(uint16_t port);

  // "192.0.2.1:80", "[2001:db8::1]:80", "unix:/run/x.sock", "unix:" for unnamed ends.
  std::string to_string() const;

  const sockaddr* get() const {
    return local_ ? reinterpret_cast<const sockaddr*>(local_.get())
                  : reinterpret_cast<const sockaddr*>(&ip_);
  }
  socklen_t length() const { return length_; }

  friend bool operator==(const Address& a, const Address& b);

 private:
  sockaddr_in& ipv4() { return reinterpret_cast<sockaddr_in&>(ip_); }
  const sockaddr_in& ipv4() const { return reinterpret_cast<const sockaddr_in&>(ip_); }

  // IPv6 or IPv4: servers keep many addresses, so there is room for no more.
  sockaddr_in6 ip_{};
  // In its place, any other one. Never changed.
  std::shared_ptr<const sockaddr_storage> local_;
  socklen_t length_ = 0;
};

// "host:port" with brackets around a host that contains a colon.
std::string format_endpoint(std::string_view host, uint16_t port);

}  // namespace net
