// SPDX-License-Identifier: MIT
// Integers with a prefix (RFC 7541 §5.1).
#pragma once

#include "base/bytes.h"

namespace nghttp2::hpack {

// Reads one integer from input that may arrive in pieces. Values end at 2^32 - 1 at the latest,
// and at most five octets follow the prefix, padding included.
class IntegerReader {
 public:
  enum class Outcome : uint8_t { complete, need_more, invalid };

  // The octet with the prefix, which has prefix_bits bits. A value above max is invalid as soon
  // as that is certain.
  Outcome start(uint8_t octet, unsigned prefix_bits, uint32_t max) {
    const uint32_t mask = (1u << prefix_bits) - 1;
    value_ = octet & mask;
    if (value_ > max) return Outcome::invalid;
    shift_ = 0;
    return value_ < mask ? Outcome::complete : Outcome::need_more;
  }
  // What follows the prefix; takes it off the front of the input.
  Outcome resume(Bytes& input, uint32_t max) {
    const uint8_t* in = input.begin();
    const uint8_t* const end = input.end();
    Outcome outcome = Outcome::need_more;
    while (in != end && outcome == Outcome::need_more)
      outcome = add(*in++, max);
    input = {in, size_t(end - in)};
    return outcome;
  }
  uint32_t value() const { return uint32_t(value_); }

 private:
  static constexpr unsigned kLastShift = 28;

  Outcome add(uint8_t octet, uint32_t max) {
    if (shift_ > kLastShift) return Outcome::invalid;
    value_ += uint64_t(octet & 0x7f) << shift_;
    shift_ += 7;
    if (value_ > max) return Outcome::invalid;
    return octet & 0x80 ? Outcome::need_more : Outcome::complete;
  }

  uint64_t value_ = 0;
  unsigned shift_ = 0;
};

// An integer of n bits needs at most n / 7 + 2 octets.
inline constexpr size_t kMaxIntegerOctets = 64 / 7 + 2;

// Writes an integer behind the pattern in the upper bits of the first octet; returns the end.
inline uint8_t* write_integer(uint8_t* out, uint8_t pattern, unsigned prefix_bits, size_t value) {
  const size_t mask = (size_t(1) << prefix_bits) - 1;
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
  const size_t mask = (size_t(1) << prefix_bits) - 1;
  if (value < mask) return 1;
  size_t octets = 2;
  for (value -= mask; value >= 0x80; value >>= 7)
    ++octets;
  return octets;
}

}  // namespace nghttp2::hpack
