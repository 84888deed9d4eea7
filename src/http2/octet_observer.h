// SPDX-License-Identifier: MIT
// Who sees the octets of a connection between its transport and its session.
#pragma once

#include <cstddef>
#include <string_view>

#include "http/body.h"

namespace http2 {

class OctetObserver {
 public:
  virtual ~OctetObserver() = default;

  // Octets have come, at least one. Returns how many of them the session is to get at once; what
  // follows them comes again.
  virtual std::size_t receiving(http::Bytes input) = 0;
  // The session has got them. Meanwhile rejected() and complained() tell what it says of them.
  virtual void received() = 0;
  // The frame is invalid.
  virtual void rejected(std::string_view reason) = 0;
  // Something is wrong, in words for people.
  virtual void complained(std::string_view text) = 0;
  // The transport has taken these octets.
  virtual void sent(http::Bytes output) = 0;
};

}  // namespace http2
