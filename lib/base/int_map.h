// SPDX-License-Identifier: MIT
// An open-addressing map of objects by a positive 31-bit key of theirs: streams by identifier.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/allocator.h"

namespace nghttp2 {

// Linear probing with deletion by shifting back, at most three quarters full. Memory is taken on
// the first insertion, and given back when for a while only a small part of it has been in use.
// The objects belong to somebody else; kKey is the member that is the key.
template <typename T, auto kKey>
class IntMap {
 public:
  explicit IntMap(const Allocator& allocator) : allocator_(&allocator) {}
  IntMap(const IntMap&) = delete;
  IntMap& operator=(const IntMap&) = delete;
  ~IntMap() { allocator_->free(slots_); }

  size_t size() const { return size_; }

  T* find(int32_t key) const {
    if (size_ == 0) return nullptr;
    return slots_[place_of(key)];
  }

  // The key must be positive and not present. False when there is no memory.
  [[nodiscard]] bool insert(T* object) {
    if ((size_ + 1) * 4 > capacity_ * 3 && !resize(capacity_ ? capacity_ * 2 : kSmallest)) {
      return false;
    }
    slots_[place_of(object->*kKey)] = object;
    ++size_;
    if (size_ > most_) most_ = size_;
    return true;
  }

  void remove(int32_t key) {
    if (size_ == 0) return;
    size_t hole = place_of(key);
    if (!slots_[hole]) return;
    --size_;
    close_gap(hole);
    if (++removals_ >= capacity_) end_round();
  }

  // Gives the memory back that is not needed at the moment.
  void release_memory() {
    if (size_ > 0) return;
    allocator_->free(slots_);
    slots_ = nullptr;
    capacity_ = most_ = removals_ = 0;
  }

  template <typename Visitor>
  void for_each(Visitor&& visit) const {
    for (size_t i = 0; i < capacity_; ++i) {
      if (slots_[i]) visit(slots_[i]);
    }
  }

 private:
  static constexpr size_t kSmallest = 8;

  // Fibonacci hashing: regular steps between identifiers spread over the whole table.
  size_t home_of(int32_t key) const {
    return size_t((uint64_t(uint32_t(key)) * 0x9E3779B97F4A7C15u) >> shift_);
  }
  size_t place_of(int32_t key) const {
    size_t place = home_of(key);
    while (slots_[place] && slots_[place]->*kKey != key)
      place = (place + 1) & (capacity_ - 1);
    return place;
  }
  void close_gap(size_t hole) {
    const size_t mask = capacity_ - 1;
    for (size_t next = (hole + 1) & mask; slots_[next]; next = (next + 1) & mask) {
      const size_t home = home_of(slots_[next]->*kKey);
      // An element may move into the hole if that does not put it before its home.
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        slots_[hole] = slots_[next];
        hole = next;
      }
    }
    slots_[hole] = nullptr;
  }
  // So many removals have been since the last round that the table was filled anew meanwhile, or
  // was emptied. The most that it held then is what it needs.
  void end_round() {
    // Shrinking is only thrift: without memory for the smaller table the larger one serves on.
    if (capacity_ > kSmallest && most_ * 8 < capacity_) (void)resize(capacity_ / 2);
    most_ = size_;
    removals_ = 0;
  }
  [[nodiscard]] bool resize(size_t capacity) {
    T** slots = static_cast<T**>(allocator_->allocate_zeroed(capacity * sizeof(T*)));
    if (!slots) return false;
    T** old = slots_;
    const size_t old_capacity = capacity_;
    slots_ = slots;
    capacity_ = capacity;
    shift_ = 64u - unsigned(__builtin_ctzll(capacity));
    for (size_t i = 0; i < old_capacity; ++i) {
      if (old[i]) slots_[place_of(old[i]->*kKey)] = old[i];
    }
    allocator_->free(old);
    return true;
  }

  const Allocator* allocator_;
  T** slots_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
  size_t most_ = 0;      // size_ in the present round
  size_t removals_ = 0;  // in the present round
  unsigned shift_ = 64;
};

}  // namespace nghttp2
