// SPDX-License-Identifier: MIT
// Memory for objects of one size that come and go: freed places are kept for the next object.
#pragma once

#include <new>
#include <utility>

#include "base/allocator.h"

namespace nghttp2 {

// Each object is one block of the application's allocator. At most kKept freed blocks wait for
// reuse, so that steady traffic allocates nothing and a burst does not hold memory for ever.
template <typename T, unsigned kKept>
class Pool {
 public:
  explicit Pool(const Allocator& allocator) : allocator_(&allocator) {}
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  ~Pool() {
    while (free_)
      allocator_->free(take_free());
  }

  // nullptr when there is no memory.
  template <typename... Args>
  T* create(Args&&... args) {
    void* place = free_ ? take_free() : allocator_->allocate(sizeof(Place));
    return place ? new (place) T(std::forward<Args>(args)...) : nullptr;
  }
  void destroy(T* object) {
    if (!object) return;
    object->~T();
    if (kept_ == kKept) {
      allocator_->free(object);
      return;
    }
    free_ = new (object) Place{free_};
    ++kept_;
  }

 private:
  union Place {
    Place* next;
    alignas(T) unsigned char object[sizeof(T)];
  };
  void* take_free() {
    Place* place = free_;
    free_ = place->next;
    --kept_;
    return place;
  }

  const Allocator* allocator_;
  Place* free_ = nullptr;
  unsigned kept_ = 0;
};

}  // namespace nghttp2
