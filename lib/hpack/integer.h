// SPDX-License-Identifier: MIT
// Integers with a prefix (RFC 7541 §5.1).
#pragma once

#include "base/bytes.h"

namespace nghttp2::hpack {

// What is left of a piece of input.
struct Cursor {
  const uint8_t* at;
  const uint8_t* end;

  bool empty() const { return at == end; }
  size_t left() const { return size_t(end - at); }
};

// The largest value that fits in a prefix alone is one less than this.
constexpr uint32_t prefix_mask(unsigned prefix_bits) {
  return (1u << prefix_bits) - 1;
}

// Reads an integer that does not fit in its prefix, from input that may arrive in pieces. Values
// end at 2^32 - 1 at the latest, and at most five octets follow the prefix, padding included.
class IntegerReader {
 public:
  enum class Outcome : uint8_t { complete, need_more, invalid };

  // The prefix has been read and is full.
  void start(unsigned prefix_bits) {
    value_ = prefix_mask(prefix_bits);
    shift_ = 0;
  }
  // Goes on with what follows the prefix. need_more: the input is used up. A value above max is
  // invalid as soon as that is certain.
  Outcome resume(Cursor& input, uint32_t max) {
    if (value_ > max) return Outcome::invalid;
    while (!input.empty()) {
      const uint8_t octet = *input.at++;
      if (shift_ > kLastShift) return Outcome::invalid;
      value_ += uint64_t(octet & 0x7f) << shift_;
      if (value_ > max) return Outcome::invalid;
      shift_ += 7;
      if ((octet & 0x80) == 0) return Outcome::complete;
    }
    return Outcome::need_more;
  }
  uint32_t value() const { return uint32_t(value_); }

 private:
  static constexpr unsigned kLastShift = 28;

  uint64_t value_ = 0;
  unsigned shift_ = 0;
};

// An integer of n bits needs at most n / 7 + 2 octets.
inline constexpr size_t kMaxIntegerOctets = 64 / 7 + 2;

// Writes an integer behind the pattern in the upper bits of the first octet; returns the end.
inline uint8_t* write_integer(uint8_t* out, uint8_t pattern, unsigned prefix_bits, size_t value) {
  const size_t mask = prefix_mask(prefix_bits);
  if (value < mask) {
    *out++ = uint8_t(pattern | value);
    return out;
  }
  *out++ = uint8_t(pattern | mask);
  for (value -= mask; value >= 0x80; value >>= 7)
    *out++ = uint8_t(value | 0x80);
  *out++ = uint8_t(value);
  return out;
}

// How many octets write_integer() needs.
inline size_t integer_octets(unsigned prefix_bits, size_t value) {
  const size_t mask = prefix_mask(prefix_bits);
  if (value < mask) return 1;
  size_t octets = 2;
  for (value -= mask; value >= 0x80; value >>= 7)
    ++octets;
  return octets;
}

}  // namespace nghttp2::hpack
