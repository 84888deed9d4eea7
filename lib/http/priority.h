// SPDX-License-Identifier: MIT
// The priority of a response: urgency and incremental (RFC 9218 §4, §5, §7).
#pragma once

#include "base/bytes.h"
#include "base/vocabulary.h"

namespace nghttp2::http {

inline constexpr uint8_t kUrgencyLevels = 8;
inline constexpr uint8_t kDefaultUrgency = 3;

// Reads the value of a Priority field or of PRIORITY_UPDATE. Parameters that are absent leave
// their part of `priority` as it was. False, with `priority` unchanged, if the value is not a
// Dictionary or u or i has a value that RFC 9218 does not define.
[[nodiscard]] bool parse_priority(Bytes value, Extpri& priority);

// The value of a Priority field into `to`, without parameters that have their default; the number
// of octets written, 0 to kMaxPriorityBytes.
inline constexpr size_t kMaxPriorityBytes = 6;
size_t format_priority(uint8_t* to, const Extpri& priority);

// Both parts in one octet. The urgency must be below kUrgencyLevels.
inline uint8_t pack_priority(const Extpri& priority) {
  return uint8_t(priority.urgency | (priority.inc ? 0x80u : 0u));
}
inline Extpri unpack_priority(uint8_t packed) {
  return {uint32_t(packed & 0x7f), packed >> 7};
}

}  // namespace nghttp2::http
