// SPDX-License-Identifier: MIT
// The default memory functions.
#include "base/allocator.h"

#include <cstdlib>

namespace nghttp2 {
namespace {

void* default_malloc(size_t size, void*) {
  return std::malloc(size);
}
void default_free(void* pointer, void*) {
  std::free(pointer);
}
void* default_calloc(size_t count, size_t size, void*) {
  return std::calloc(count, size);
}
void* default_realloc(void* pointer, size_t size, void*) {
  return std::realloc(pointer, size);
}

constinit const Memory kDefaultMemory = {nullptr, default_malloc, default_free, default_calloc,
                                         default_realloc};

}  // namespace

const Memory& default_memory() {
  return kDefaultMemory;
}

}  // namespace nghttp2
