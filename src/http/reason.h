// SPDX-License-Identifier: MIT
// Why an exchange or a connection ended before its message was complete.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace http {

enum class ReasonKind {
  canceled,   // one side lost interest
  refused,    // the peer did no work on it: it may be tried again
  protocol,   // a rule of the protocol was broken
  too_large,  // a limit on size or count was passed
  timeout,    // a deadline passed without progress
  closed,     // the connection went away
  internal,   // something failed on our own side
};

struct Reason {
  ReasonKind kind = ReasonKind::canceled;
  // The wire's error code when the peer sent one or should be sent one (RFC 9113 §7).
  std::uint32_t code = 0;
  // One sentence for humans without a full stop; safe to print: what peers sent is escaped.
  std::string text;
  // The peer reset the exchange.
  bool by_peer = false;
};

// "canceled", "refused", ...
std::string_view to_string(ReasonKind kind);

}  // namespace http
