// SPDX-License-Identifier: MIT
// A growing contiguous byte queue: append at the end, consume from the front.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace base {

// Bytes keep their place between an append and the next call that grows the buffer. Memory is
// released when the buffer becomes empty and has grown beyond what it may keep. Bounds are the
// owner's business: check size() before appending what a peer sent.
class Buffer {
 public:
  static constexpr size_t kKeepCapacity = 64 * 1024;

  explicit Buffer(size_t keep_capacity = kKeepCapacity) : keep_capacity_(keep_capacity) {}
  Buffer(Buffer&& other) noexcept;
  Buffer& operator=(Buffer&& other) noexcept;

  size_t size() const { return end_ - begin_; }
  bool empty() const { return begin_ == end_; }
  const uint8_t* data() const { return memory_.get() + begin_; }
  std::span<const uint8_t> bytes() const { return {data(), size()}; }
  std::string_view text() const { return {reinterpret_cast<const char*>(data()), size()}; }

  void append(std::span<const uint8_t> bytes);
  void append(std::string_view text);

  // At least `min_bytes` of writable space at the end, valid until the next non-const call; what
  // was written becomes content with commit(n).
  std::span<uint8_t> prepare(size_t min_bytes);
  void commit(size_t n);

  // Drops min(n, size()) bytes from the front.
  void consume(size_t n);
  void clear();

 private:
  size_t keep_capacity_;
  std::unique_ptr<uint8_t[]> memory_;
  size_t capacity_ = 0;
  size_t begin_ = 0;
  size_t end_ = 0;
};

}  // namespace base
