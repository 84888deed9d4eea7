// SPDX-License-Identifier: MIT
// Growth of Buffer, and borrowed memory.
#include "base/buffer.h"

#include <algorithm>

namespace nghttp2 {

namespace {

// What a connection says first fits in without growing.
constexpr size_t kSmallest = 128;

}  // namespace

void Buffer::reset() {
  allocator_->free(borrowing_ ? own_data_ : data_);
  if (borrowing_) {
    own_data_ = nullptr;
    own_capacity_ = 0;
  } else {
    data_ = nullptr;
    capacity_ = 0;
  }
  clear();
}

void Buffer::borrow(MutableBytes memory) {
  if (!empty() || borrowing_) __builtin_trap();
  clear();
  own_data_ = data_;
  own_capacity_ = capacity_;
  data_ = memory.data();
  capacity_ = memory.size();
  borrowing_ = true;
}

bool Buffer::give_back() {
  const Bytes kept = bytes();
  data_ = own_data_;
  capacity_ = own_capacity_;
  borrowing_ = false;
  clear();
  return append(kept);
}

bool Buffer::grow(size_t count) {
  if (borrowing_) return give_back() && reserve(count);
  if (read_ > 0) {
    std::memmove(data_, data_ + read_, size_ - read_);
    size_ -= read_;
    read_ = 0;
    if (capacity_ - size_ >= count) return true;
  }
  if (count > SIZE_MAX / 2 - size_) return false;
  const size_t needed = size_ + count;
  const size_t capacity = std::max({needed, capacity_ * 2, kSmallest});
  void* data = allocator_->reallocate(data_, capacity);
  if (!data) return false;
  data_ = static_cast<uint8_t*>(data);
  capacity_ = capacity;
  return true;
}

}  // namespace nghttp2
