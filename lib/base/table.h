// SPDX-License-Identifier: MIT
// A constexpr array with a checked index, for the tables of wire facts and transitions.
#pragma once

#include <cstddef>

namespace nghttp2 {

template <typename T, size_t N>
struct Table {
  T items[N];

  static constexpr size_t size() { return N; }
  constexpr const T& operator[](size_t index) const {
    if (index >= N) __builtin_trap();
    return items[index];
  }
  constexpr T& operator[](size_t index) {
    if (index >= N) __builtin_trap();
    return items[index];
  }
  constexpr const T* begin() const { return items; }
  constexpr const T* end() const { return items + N; }
};

}  // namespace nghttp2
