// SPDX-License-Identifier: MIT
// TCP segments in IP packets.
#include "nghttp/packet.h"

#include <netinet/in.h>

namespace nghttp {

namespace {

constexpr std::uint8_t kTcp = 6;
constexpr std::uint8_t kHops = 64;
constexpr std::size_t kTcpHead = 20;
constexpr std::size_t kIpv4Head = 20;

void append16(std::string& out, std::size_t value) {
  out += static_cast<char>(value >> 8);
  out += static_cast<char>(value);
}

void append32(std::string& out, std::uint32_t value) {
  append16(out, value >> 16);
  append16(out, value & 0xffff);
}

// RFC 1071.
std::uint16_t checksum(std::string_view octets) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < octets.size(); ++i) {
    const auto octet = static_cast<std::uint8_t>(octets[i]);
    sum += i % 2 == 0 ? std::uint64_t{octet} << 8 : octet;
  }
  while (sum > 0xffff)
    sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

void put16(std::string& octets, std::size_t at, std::uint16_t value) {
  octets[at] = static_cast<char>(value >> 8);
  octets[at + 1] = static_cast<char>(value);
}

// As it is in a packet.
std::string octets_of(const net::Address& address) {
  if (address.family() == AF_INET6) {
    const auto* in6 = reinterpret_cast<const sockaddr_in6*>(address.get());
    return {reinterpret_cast<const char*>(&in6->sin6_addr), sizeof(in6->sin6_addr)};
  }
  const auto* in4 = reinterpret_cast<const sockaddr_in*>(address.get());
  return {reinterpret_cast<const char*>(&in4->sin_addr), sizeof(in4->sin_addr)};
}

std::string tcp_segment(std::uint16_t from, std::uint16_t to, const Segment& segment) {
  std::string out;
  append16(out, from);
  append16(out, to);
  append32(out, segment.sequence);
  append32(out, segment.acknowledged);
  out += static_cast<char>(kTcpHead / 4 << 4);
  out += static_cast<char>(segment.flags);
  append16(out, 0xffff);  // window
  append32(out, 0);       // checksum, urgent pointer
  return out.append(segment.content);
}

std::string ipv4_head(const std::string& addresses, std::size_t length) {
  std::string out("\x45\0", 2);
  append16(out, kIpv4Head + length);
  append32(out, 0x4000);  // no identification, not to be fragmented
  out += static_cast<char>(kHops);
  out += static_cast<char>(kTcp);
  append16(out, 0);
  out += addresses;
  put16(out, 10, checksum(out));
  return out;
}

std::string ipv6_head(const std::string& addresses, std::size_t length) {
  std::string out("\x60\0\0\0", 4);
  append16(out, length);
  out += static_cast<char>(kTcp);
  out += static_cast<char>(kHops);
  return out + addresses;
}

}  // namespace

std::string make_packet(const net::Address& from, const net::Address& to, const Segment& segment) {
  constexpr std::size_t kChecksumAt = 16;
  const std::string addresses = octets_of(from) + octets_of(to);
  std::string tcp = tcp_segment(from.port(), to.port(), segment);
  // RFC 8200 §8.1; with IPv4 the shorter fields have the same sum.
  std::string pseudo_head = addresses;
  append32(pseudo_head, static_cast<std::uint32_t>(tcp.size()));
  append32(pseudo_head, kTcp);
  put16(tcp, kChecksumAt, checksum(pseudo_head + tcp));
  const bool is_v6 = from.family() == AF_INET6;
  return (is_v6 ? ipv6_head(addresses, tcp.size()) : ipv4_head(addresses, tcp.size())) + tcp;
}

}  // namespace nghttp
