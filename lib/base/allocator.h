// SPDX-License-Identifier: MIT
// The caller's memory functions; the only way in which the library obtains memory.
#pragma once

#include <cstddef>
#include <new>
#include <utility>

#include "base/vocabulary.h"

namespace nghttp2 {

// A copy of the application's memory functions. Whoever owns memory keeps a pointer to the
// Allocator of its session, deflater or inflater, which outlives it.
class Allocator {
 public:
  explicit Allocator(const Memory& memory) : memory_(memory) {}

  // Each returns nullptr when there is no memory.
  void* allocate(size_t size) const { return memory_.malloc(size, memory_.mem_user_data); }
  void* allocate_zeroed(size_t size) const {
    return memory_.calloc(1, size, memory_.mem_user_data);
  }
  void* reallocate(void* pointer, size_t size) const {
    return memory_.realloc(pointer, size, memory_.mem_user_data);
  }
  void free(void* pointer) const {
    if (pointer) memory_.free(pointer, memory_.mem_user_data);
  }

  template <typename T, typename... Args>
  T* create(Args&&... args) const {
    void* place = allocate(sizeof(T));
    return place ? new (place) T(std::forward<Args>(args)...) : nullptr;
  }
  template <typename T>
  void destroy(T* object) const {
    if (!object) return;
    object->~T();
    free(object);
  }

  const Memory& memory() const { return memory_; }

 private:
  Memory memory_;
};

// malloc, free, calloc and realloc of the C library.
const Memory& default_memory();

// What an application passed, or the default when it passed nothing.
inline const Memory& memory_or_default(const Memory* memory) {
  return memory ? *memory : default_memory();
}

}  // namespace nghttp2
