// SPDX-License-Identifier: MIT
// Views of contiguous memory, and integers in network byte order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace nghttp2 {

// A pointer and a length; owns nothing. Index and sub-slice bounds are always checked, because a
// wrong one would be a memory error fed by a hostile peer: a violation traps.
template <typename T>
class Slice {
 public:
  constexpr Slice() = default;
  constexpr Slice(T* data, size_t size) : data_(data), size_(size) {}
  template <size_t N>
  constexpr Slice(T (&array)[N]) : data_(array), size_(N) {}
  // A view of mutable elements is also a view of constant ones.
  template <typename U>
  requires(sizeof(U) == sizeof(T)) constexpr Slice(Slice<U> other)
      : data_(other.data()), size_(other.size()) {}

  constexpr T* data() const { return data_; }
  constexpr size_t size() const { return size_; }
  constexpr bool empty() const { return size_ == 0; }
  constexpr T* begin() const { return data_; }
  constexpr T* end() const { return data_ + size_; }

  constexpr T& operator[](size_t index) const {
    if (index >= size_) __builtin_trap();
    return data_[index];
  }
  constexpr Slice first(size_t count) const {
    if (count > size_) __builtin_trap();
    return {data_, count};
  }
  constexpr Slice from(size_t offset) const {
    if (offset > size_) __builtin_trap();
    return {data_ + offset, size_ - offset};
  }
  constexpr Slice part(size_t offset, size_t count) const { return from(offset).first(count); }

 private:
  T* data_ = nullptr;
  size_t size_ = 0;
};

using Bytes = Slice<const uint8_t>;
using MutableBytes = Slice<uint8_t>;

// The bytes of a string literal, without its terminating zero.
template <size_t N>
inline Bytes literal(const char (&text)[N]) {
  return {reinterpret_cast<const uint8_t*>(text), N - 1};
}

inline bool equal(Bytes a, Bytes b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size()) == 0);
}

// memcpy that accepts an empty source with a null pointer.
inline uint8_t* copy_bytes(uint8_t* to, Bytes from) {
  if (!from.empty()) std::memcpy(to, from.data(), from.size());
  return to + from.size();
}

inline constexpr uint16_t load_u16(const uint8_t* p) {
  return uint16_t(p[0] << 8 | p[1]);
}
inline constexpr uint32_t load_u24(const uint8_t* p) {
  return uint32_t(p[0]) << 16 | uint32_t(p[1]) << 8 | p[2];
}
inline uint32_t load_u32(const uint8_t* p) {
  uint32_t value;
  std::memcpy(&value, p, sizeof value);
  return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? __builtin_bswap32(value) : value;
}
inline void store_u16(uint8_t* p, uint16_t value) {
  p[0] = uint8_t(value >> 8);
  p[1] = uint8_t(value);
}
inline void store_u24(uint8_t* p, uint32_t value) {
  p[0] = uint8_t(value >> 16);
  store_u16(p + 1, uint16_t(value));
}
inline void store_u32(uint8_t* p, uint32_t value) {
  if (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) value = __builtin_bswap32(value);
  std::memcpy(p, &value, sizeof value);
}

}  // namespace nghttp2
