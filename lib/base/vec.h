// SPDX-License-Identifier: MIT
// A growable array of trivially copyable elements whose growth may fail.
#pragma once

#include <type_traits>

#include "base/allocator.h"
#include "base/bytes.h"

namespace nghttp2 {

template <typename T>
class Vec {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  explicit Vec(const Allocator& allocator) : allocator_(&allocator) {}
  Vec(const Vec&) = delete;
  Vec& operator=(const Vec&) = delete;
  Vec(Vec&& other) noexcept { take_from(other); }
  Vec& operator=(Vec&& other) noexcept {
    if (this != &other) {
      allocator_->free(data_);
      take_from(other);
    }
    return *this;
  }
  ~Vec() { allocator_->free(data_); }

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* data() { return data_; }
  const T* data() const { return data_; }
  T* begin() { return data_; }
  T* end() { return data_ + size_; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }
  T& operator[](size_t index) {
    if (index >= size_) __builtin_trap();
    return data_[index];
  }
  const T& operator[](size_t index) const {
    if (index >= size_) __builtin_trap();
    return data_[index];
  }
  T& back() { return (*this)[size_ - 1]; }
  Slice<const T> slice() const { return {data_, size_}; }

  // False when there is no memory; the contents are then unchanged.
  [[nodiscard]] bool push(const T& element) {
    if (size_ == capacity_ && !reserve(size_ ? size_ * 2 : 4)) return false;
    data_[size_++] = element;
    return true;
  }
  [[nodiscard]] bool append(Slice<const T> elements) {
    const size_t size = size_ + elements.size();
    // At least doubled, so that many small pieces cost no more than a few large ones.
    if (size > capacity_ && !reserve(size > size_ * 2 ? size : size_ * 2)) return false;
    for (const T& element : elements)
      data_[size_++] = element;
    return true;
  }
  [[nodiscard]] bool reserve(size_t capacity) {
    if (capacity <= capacity_) return true;
    if (capacity > SIZE_MAX / sizeof(T)) return false;
    void* data = allocator_->reallocate(data_, capacity * sizeof(T));
    if (!data) return false;
    data_ = static_cast<T*>(data);
    capacity_ = capacity;
    return true;
  }
  void pop() { --size_; }
  void clear() { size_ = 0; }
  // Gives the memory back as well.
  void reset() {
    allocator_->free(data_);
    data_ = nullptr;
    size_ = capacity_ = 0;
  }
  // Removes one element in constant time; the last one takes its place.
  void remove_unordered(size_t index) {
    (*this)[index] = data_[size_ - 1];
    --size_;
  }

 private:
  void take_from(Vec& other) {
    allocator_ = other.allocator_;
    data_ = other.data_;
    size_ = other.size_;
    capacity_ = other.capacity_;
    other.data_ = nullptr;
    other.size_ = other.capacity_ = 0;
  }

  const Allocator* allocator_;
  T* data_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace nghttp2
