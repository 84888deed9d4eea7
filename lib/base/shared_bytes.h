// SPDX-License-Identifier: MIT
// Reference-counted immutable bytes, which the C API hands out as nghttp2_rcbuf.
#pragma once

#include <cstdint>

#include "base/allocator.h"
#include "base/bytes.h"

// The C API's opaque type; the only thing that is ever behind it is a SharedBytes.
struct nghttp2_rcbuf {};

namespace nghttp2 {

// The bytes are followed by a NUL that does not count. The counter is not atomic: a SharedBytes
// stays in the thread of its session. It frees itself with the memory functions it came from and
// may therefore outlive the session that made it.
class SharedBytes : public ::nghttp2_rcbuf {
 public:
  // A copy with one reference; nullptr when there is no memory.
  static SharedBytes* copy_of(const Allocator& allocator, Bytes bytes);

  // A view of constant memory that ends in NUL; counting references to it does nothing.
  constexpr SharedBytes(const uint8_t* data, size_t size)
      : data_(data), size_(size), references_(kStatic) {}

  SharedBytes(const SharedBytes&) = delete;
  SharedBytes& operator=(const SharedBytes&) = delete;

  Bytes bytes() const { return {data_, size_}; }
  bool is_static() const { return references_ == kStatic; }

  void incref() {
    if (!is_static()) ++references_;
  }
  // Frees the bytes together with the last reference.
  void decref() {
    if (!is_static() && --references_ == 0) free();
  }

 private:
  static constexpr uint32_t kStatic = UINT32_MAX;

  SharedBytes(const Memory& memory, const uint8_t* data, size_t size)
      : free_(memory.free), user_data_(memory.mem_user_data), data_(data), size_(size) {}
  void free();

  decltype(Memory::free) free_ = nullptr;
  void* user_data_ = nullptr;
  const uint8_t* data_;
  size_t size_;
  uint32_t references_ = 1;
};

}  // namespace nghttp2
