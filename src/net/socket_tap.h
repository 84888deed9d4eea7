// SPDX-License-Identifier: MIT
// Who sees the octets of a socket as they cross it: with TLS, the encrypted records.
#pragma once

#include <cstdint>
#include <span>

namespace net {

class SocketTap {
 public:
  virtual ~SocketTap() = default;

  virtual void received(std::span<const uint8_t> octets) = 0;
  virtual void sent(std::span<const uint8_t> octets) = 0;
};

}  // namespace net
