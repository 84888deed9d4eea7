// SPDX-License-Identifier: MIT
// The Range field in bytes (RFC 9110 §14).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace http {

// A part of a representation: `length` octets from `offset`, never empty.
struct ByteRange {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;

  bool operator==(const ByteRange&) const = default;
};

enum class RangeKind {
  none,           // not a valid byte range request, or too costly: send the whole (§14.2)
  satisfiable,    // send the ranges
  unsatisfiable,  // no range overlaps the representation: 416
};

struct RangeRequest {
  RangeKind kind = RangeKind::none;
  // In the order asked for, cut to the representation's length; ranges that lie beyond it are
  // left out.
  std::vector<ByteRange> ranges;
};

// Most ranges one request may ask for; more are answered with the whole representation.
inline constexpr std::size_t kMaxRanges = 16;

// Reads a Range value against a representation of `size` octets. Overlapping ranges count as too
// costly (§14.2 warns of them).
RangeRequest parse_range(std::string_view value, std::uint64_t size);

}  // namespace http
