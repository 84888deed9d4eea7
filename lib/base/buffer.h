// SPDX-License-Identifier: MIT
// A growable run of bytes: written at its end, read from its front.
#pragma once

#include "base/allocator.h"
#include "base/bytes.h"

namespace nghttp2 {

class Buffer {
 public:
  explicit Buffer(const Allocator& allocator) : allocator_(&allocator) {}
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer() { allocator_->free(is_borrowing() ? own_data_ : data_); }

  // The unread bytes.
  Bytes bytes() const { return {data_ + read_, size_ - read_}; }
  size_t size() const { return size_ - read_; }
  bool empty() const { return read_ == size_; }

  void consume(size_t count) {
    if (count > size()) __builtin_trap();
    read_ += count;
  }
  // Forgets the contents and keeps the memory.
  void clear() { read_ = size_ = 0; }
  // Gives the memory back. What was borrowed stays in use.
  void reset();

  // Uses memory of somebody else's until give_back(), as long as the contents fit in there. The
  // buffer must be empty.
  void borrow(MutableBytes memory);
  // Nothing of the first count borrowed octets, which the lender has taken, is used any more. The
  // buffer must be empty.
  void cede(size_t count) {
    if (!borrowing_ || !empty() || count > capacity_) __builtin_trap();
    clear();
    data_ += count;
    capacity_ -= count;
  }
  // What is still unread moves to memory of the buffer's own; false when there is none.
  [[nodiscard]] bool give_back();
  // Whether the contents are in borrowed memory.
  bool is_borrowing() const { return borrowing_; }

  // Makes room for count more bytes; false when there is no memory, the contents unchanged.
  [[nodiscard]] bool reserve(size_t count) { return capacity_ - size_ >= count || grow(count); }
  // Room that reserve() has made; what was written there becomes content by commit().
  uint8_t* tail() { return data_ + size_; }
  size_t room() const { return capacity_ - size_; }
  void commit(size_t count) {
    if (count > room()) __builtin_trap();
    size_ += count;
  }

  [[nodiscard]] bool append(Bytes bytes) {
    if (!reserve(bytes.size())) return false;
    copy_bytes(tail(), bytes);
    size_ += bytes.size();
    return true;
  }
  // Shortens the contents to the first count unread bytes.
  void truncate(size_t count) {
    if (count > size()) __builtin_trap();
    size_ = read_ + count;
  }
  // Mutable access to what was written, for lengths that become known late.
  uint8_t* at(size_t offset) {
    if (offset > size()) __builtin_trap();
    return data_ + read_ + offset;
  }

 private:
  [[nodiscard]] bool grow(size_t count);

  const Allocator* allocator_;
  uint8_t* data_ = nullptr;
  size_t read_ = 0;
  size_t size_ = 0;
  size_t capacity_ = 0;
  // Aside while memory is borrowed.
  uint8_t* own_data_ = nullptr;
  size_t own_capacity_ = 0;
  bool borrowing_ = false;
};

}  // namespace nghttp2
