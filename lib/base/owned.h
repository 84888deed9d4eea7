// SPDX-License-Identifier: MIT
// A unique owner of one object that came from an Allocator.
#pragma once

#include "base/allocator.h"

namespace nghttp2 {

template <typename T>
class Owned {
 public:
  Owned() = default;
  Owned(const Allocator& allocator, T* object) : allocator_(&allocator), object_(object) {}
  Owned(Owned&& other) noexcept : allocator_(other.allocator_), object_(other.take()) {}
  Owned& operator=(Owned&& other) noexcept {
    if (this != &other) {
      reset();
      allocator_ = other.allocator_;
      object_ = other.take();
    }
    return *this;
  }
  ~Owned() { reset(); }

  T* get() const { return object_; }
  T* operator->() const { return object_; }
  T& operator*() const { return *object_; }
  explicit operator bool() const { return object_ != nullptr; }

  // Gives up ownership.
  T* take() {
    T* object = object_;
    object_ = nullptr;
    return object;
  }
  void reset() {
    if (object_) allocator_->destroy(take());
  }

 private:
  const Allocator* allocator_ = nullptr;
  T* object_ = nullptr;
};

// An empty result means that there was no memory.
template <typename T, typename... Args>
Owned<T> make_owned(const Allocator& allocator, Args&&... args) {
  return {allocator, allocator.create<T>(std::forward<Args>(args)...)};
}

}  // namespace nghttp2
