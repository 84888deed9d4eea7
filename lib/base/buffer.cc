// SPDX-License-Identifier: MIT
// Growth of Buffer.
#include "base/buffer.h"

namespace nghttp2 {

bool Buffer::grow(size_t count) {
  if (read_ > 0) {
    std::memmove(data_, data_ + read_, size_ - read_);
    size_ -= read_;
    read_ = 0;
    if (capacity_ - size_ >= count) return true;
  }
  if (count > SIZE_MAX / 2 - size_) return false;
  const size_t needed = size_ + count;
  const size_t capacity = capacity_ * 2 > needed ? capacity_ * 2 : needed;
  void* data = allocator_->reallocate(data_, capacity);
  if (!data) return false;
  data_ = static_cast<uint8_t*>(data);
  capacity_ = capacity;
  return true;
}

}  // namespace nghttp2
