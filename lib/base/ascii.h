// SPDX-License-Identifier: MIT
// ASCII character classes, lower-casing and decimal numbers, free of any locale.
#pragma once

#include "base/bytes.h"
#include "base/table.h"

namespace nghttp2 {

inline constexpr bool is_digit(uint8_t c) {
  return uint8_t(c - '0') < 10;
}
inline constexpr bool is_upper(uint8_t c) {
  return uint8_t(c - 'A') < 26;
}
inline constexpr bool is_lower(uint8_t c) {
  return uint8_t(c - 'a') < 26;
}
inline constexpr bool is_alpha(uint8_t c) {
  return is_lower(c | 0x20);
}
inline constexpr uint8_t to_lower(uint8_t c) {
  return is_upper(c) ? uint8_t(c | 0x20) : c;
}

// A set of octets with one byte for each of the 256, so that a look-up is one load.
class ByteSet {
 public:
  constexpr ByteSet() = default;

  // The letters, the digits and the characters of text.
  static constexpr ByteSet alphanumeric_and(const char* text) {
    ByteSet set;
    for (unsigned c = 0; c < 256; ++c)
      set.member_[c] = is_alpha(uint8_t(c)) || is_digit(uint8_t(c));
    return set.with(text);
  }
  constexpr ByteSet with(const char* text) const {
    ByteSet set = *this;
    for (; *text; ++text)
      set.member_[uint8_t(*text)] = 1;
    return set;
  }
  constexpr ByteSet with_range(uint8_t first, uint8_t last) const {
    ByteSet set = *this;
    for (unsigned c = first; c <= last; ++c)
      set.member_[c] = 1;
    return set;
  }
  constexpr ByteSet without_range(uint8_t first, uint8_t last) const {
    ByteSet set = *this;
    for (unsigned c = first; c <= last; ++c)
      set.member_[c] = 0;
    return set;
  }

  constexpr bool has(uint8_t c) const { return member_[c] != 0; }

  // Four octets per step: one unpredictable branch for each, however many there are, would be
  // the cost of a check.
  bool has_all(Bytes bytes) const {
    const uint8_t* p = bytes.data();
    const uint8_t* end = p + bytes.size();
    for (; end - p >= 4; p += 4) {
      if (!(member_[p[0]] & member_[p[1]] & member_[p[2]] & member_[p[3]])) return false;
    }
    for (; p != end; ++p) {
      if (!member_[*p]) return false;
    }
    return true;
  }

 private:
  Table<uint8_t, 256> member_ = {};
};

// RFC 9110 §5.6.2: the characters of a token.
inline constexpr ByteSet kTokenBytes = ByteSet::alphanumeric_and("!#$%&'*+-.^_`|~");

// Reads one or more digits and nothing else. False for any other text and for a number above max,
// with the result unchanged.
inline constexpr bool parse_decimal(Bytes text, uint64_t max, uint64_t& result) {
  if (text.empty()) return false;
  uint64_t value = 0;
  for (uint8_t c : text) {
    if (!is_digit(c)) return false;
    const uint64_t digit = uint64_t(c - '0');
    if (value > (max - digit) / 10 || digit > max) return false;
    value = value * 10 + digit;
  }
  result = value;
  return true;
}

}  // namespace nghttp2
