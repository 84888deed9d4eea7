// SPDX-License-Identifier: MIT
// Socket addresses (IPv4, IPv6, UNIX) and their text forms.
#include "net/address.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "base/text.h"

namespace net {

Address::Address(const sockaddr* address, socklen_t length)
    : length_(std::min<socklen_t>(length, sizeof(sockaddr_storage))) {
  if (length_ <= sizeof(ip_)) {
    std::memcpy(&ip_, address, length_);
    return;
  }
  const auto local = std::make_shared<sockaddr_storage>();
  std::memcpy(local.get(), address, length_);
  local_ = local;
}

std::optional<Address> Address::from_ip(std::string_view ip, uint16_t port) {
  // getaddrinfo() understands scopes; without AI_NUMERICHOST it would ask the network.
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  // inet_aton()'s short forms such as "10.1" are refused: they mean other things elsewhere.
  const bool is_ipv6 = ip.find(':') != std::string_view::npos;
  in_addr ipv4;
  const std::string text(ip);
  if (text.size() != std::strlen(text.c_str())) return std::nullopt;
  if (!is_ipv6 && inet_pton(AF_INET, text.c_str(), &ipv4) != 1) return std::nullopt;
  if (::getaddrinfo(text.c_str(), nullptr, &hints, &found) != 0) return std::nullopt;
  Address address(found->ai_addr, found->ai_addrlen);
  ::freeaddrinfo(found);
  address.set_port(port);
  return address;
}

base::Result<Address> Address::from_unix_path(std::string_view path) {
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof(name.sun_path) ||
      path.find('\0') != std::string_view::npos) {
    return base::Error{"bad UNIX socket path " + base::quote(path) + ": it must have 1 to " +
                       std::to_string(sizeof(name.sun_path) - 1) + " bytes"};
  }
  std::memcpy(name.sun_path, path.data(), path.size());
  const bool abstract = path[0] == '@';
  if (abstract) name.sun_path[0] = '\0';
  // Abstract names are not terminated; each byte of the length counts.
  const size_t length = offsetof(sockaddr_un, sun_path) + path.size() + (abstract ? 0 : 1);
  return Address(reinterpret_cast<const sockaddr*>(&name), static_cast<socklen_t>(length));
}

namespace {

Address ask(int (*question)(int, sockaddr*, socklen_t*), int fd) {
  sockaddr_storage storage{};
  socklen_t length = sizeof(storage);
  auto* const address = reinterpret_cast<sockaddr*>(&storage);
  return question(fd, address, &length) == 0 ? Address(address, length) : Address();
}

}  // namespace

Address Address::local_of(int fd) {
  return ask(::getsockname, fd);
}

Address Address::peer_of(int fd) {
  return ask(::getpeername, fd);
}

std::string Address::host() const {
  if (is_ip()) {
    char text[NI_MAXHOST];
    const int error = ::getnameinfo(get(), length_, text, sizeof(text), nullptr, 0, NI_NUMERICHOST);
    return error ? std::string() : std::string(text);
  }
  constexpr size_t kPathOffset = offsetof(sockaddr_un, sun_path);
  if (!is_unix() || length_ <= kPathOffset) return {};
  const auto* const name = reinterpret_cast<const sockaddr_un*>(get());
  std::string path(name->sun_path, length_ - kPathOffset);
  if (path[0] == '\0') {
    path[0] = '@';
    return path;
  }
  return path.substr(0, path.find('\0'));
}

std::string Address::network_octets() const {
  const auto octets_of = [](const auto& address) {
    return std::string(reinterpret_cast<const char*>(&address), sizeof(address));
  };
  if (family() == AF_INET) {
    return octets_of(ipv4().sin_addr);
  }
  if (family() == AF_INET6) {
    return octets_of(ip_.sin6_addr);
  }
  return {};
}

uint16_t Address::port() const {
  if (family() == AF_INET) return ntohs(ipv4().sin_port);
  if (family() == AF_INET6) {
    return ntohs(ip_.sin6_port);
  }
  return 0;
}

void Address::set_port(uint16_t port) {
  if (family() == AF_INET) ipv4().sin_port = htons(port);
  if (family() == AF_INET6) ip_.sin6_port = htons(port);
}

std::string Address::to_string() const {
  if (is_ip()) return format_endpoint(host(), port());
  return is_unix() ? "unix:" + host() : "unknown address";
}

bool operator==(const Address& a, const Address& b) {
  return a.length_ == b.length_ && std::memcmp(a.get(), b.get(), a.length_) == 0;
}

std::string format_endpoint(std::string_view host, uint16_t port) {
  const bool brackets = host.find(':') != std::string_view::npos;
  return (brackets ? "[" + std::string(host) + "]" : std::string(host)) + ":" +
         std::to_string(port);
}

}  // namespace net
