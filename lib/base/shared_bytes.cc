// SPDX-License-Identifier: MIT
// Reference-counted immutable bytes: making and freeing them.
#include "base/shared_bytes.h"

namespace nghttp2 {

SharedBytes* SharedBytes::copy_of(const Allocator& allocator, Bytes bytes) {
  if (bytes.size() > SIZE_MAX - sizeof(SharedBytes) - 1) return nullptr;
  // Object and bytes share one block.
  void* block = allocator.allocate(sizeof(SharedBytes) + bytes.size() + 1);
  if (!block) return nullptr;
  uint8_t* data = static_cast<uint8_t*>(block) + sizeof(SharedBytes);
  *copy_bytes(data, bytes) = 0;
  return new (block) SharedBytes(allocator.memory(), data, bytes.size());
}

void SharedBytes::free() {
  free_(this, user_data_);
}

}  // namespace nghttp2
