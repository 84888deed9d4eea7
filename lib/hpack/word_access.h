// SPDX-License-Identifier: MIT
// Memory in whole words: what the hot paths of HPACK use in place of single octets.
#pragma once

#include "base/bytes.h"

namespace nghttp2::hpack {

template <typename T>
inline T load_native(const uint8_t* p) {
  T value;
  std::memcpy(&value, p, sizeof value);
  return value;
}

template <typename T>
inline void store_native(uint8_t* p, T value) {
  std::memcpy(p, &value, sizeof value);
}

// One register where there are such registers, and two words elsewhere.
using Octets16 [[gnu::vector_size(16)]] = uint64_t;

// Network byte order.
inline uint64_t load_u64(const uint8_t* p) {
  const uint64_t value = load_native<uint64_t>(p);
  return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? __builtin_bswap64(value) : value;
}
inline void store_u64(uint8_t* p, uint64_t value) {
  if (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) value = __builtin_bswap64(value);
  std::memcpy(p, &value, sizeof value);
}

inline void store_little_endian(uint8_t* p, uint16_t value) {
  if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__) value = __builtin_bswap16(value);
  std::memcpy(p, &value, sizeof value);
}

// memcpy for runs that are mostly short; returns the end.
inline uint8_t* copy_octets(uint8_t* to, const uint8_t* from, size_t size) {
  uint8_t* const end = to + size;
  if (size >= 16) {
    for (; end - to > 16; to += 16, from += 16)
      std::memcpy(to, from, 16);
    std::memcpy(end - 16, from + (end - to) - 16, 16);
  } else if (size >= 8) {
    const uint64_t last = load_native<uint64_t>(from + size - 8);
    std::memcpy(to, from, 8);
    std::memcpy(end - 8, &last, 8);
  } else if (size >= 4) {
    const uint32_t last = load_native<uint32_t>(from + size - 4);
    std::memcpy(to, from, 4);
    std::memcpy(end - 4, &last, 4);
  } else if (size != 0) {
    to[0] = from[0];
    to[size / 2] = from[size / 2];
    end[-1] = from[size - 1];
  }
  return end;
}

// Equality of two runs of the same length. Most are short: words that overlap take the place of
// a loop over octets.
inline bool same_octets(const uint8_t* a, const uint8_t* b, size_t size) {
  if (size >= 16) {
    Octets16 differences =
        load_native<Octets16>(a + size - 16) ^ load_native<Octets16>(b + size - 16);
    for (const uint8_t* const last = a + size - 16; a < last; a += 16, b += 16)
      differences |= load_native<Octets16>(a) ^ load_native<Octets16>(b);
    return (differences[0] | differences[1]) == 0;
  }
  if (size >= 8) {
    return load_native<uint64_t>(a) == load_native<uint64_t>(b) &&
           load_native<uint64_t>(a + size - 8) == load_native<uint64_t>(b + size - 8);
  }
  if (size >= 4) {
    return load_native<uint32_t>(a) == load_native<uint32_t>(b) &&
           load_native<uint32_t>(a + size - 4) == load_native<uint32_t>(b + size - 4);
  }
  for (size_t i = 0; i < size; ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}
inline bool same(Bytes a, Bytes b) {
  return a.size() == b.size() && same_octets(a.data(), b.data(), a.size());
}

}  // namespace nghttp2::hpack
