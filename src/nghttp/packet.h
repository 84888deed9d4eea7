// SPDX-License-Identifier: MIT
// TCP segments in IP packets, as they would have been on the wire (RFC 791, RFC 8200, RFC 9293).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "net/address.h"

namespace nghttp {

struct Segment {
  static constexpr std::uint8_t kFin = 0x01;
  static constexpr std::uint8_t kSyn = 0x02;
  static constexpr std::uint8_t kPush = 0x08;
  static constexpr std::uint8_t kAck = 0x10;

  std::uint32_t sequence = 0;
  std::uint32_t acknowledged = 0;
  std::uint8_t flags = 0;
  std::string_view content;
};

// Between addresses of the same version of IP; both checksums are right.
std::string make_packet(const net::Address& from, const net::Address& to, const Segment& segment);

}  // namespace nghttp
