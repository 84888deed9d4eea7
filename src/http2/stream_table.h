// SPDX-License-Identifier: MIT
// The open streams of a connection by their identifiers.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace http2 {

// An open-addressing hash table: streams come and go with every request, without an allocation.
// Identifiers are above 0.
template <class Stream>
class StreamTable {
 public:
  using Pointer = std::shared_ptr<Stream>;

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  // Replaces the stream of that identifier, if there is one.
  void insert(std::int32_t id, Pointer stream) {
    if ((size_ + 1) * 4 > slots_.size() * 3) grow();
    Slot& slot = slots_[slot_of(id)];
    if (slot.stream == nullptr) ++size_;
    slot.id = id;
    slot.stream = std::move(stream);
  }

  // nullptr when there is none.
  Stream* find(std::int32_t id) const {
    return empty() ? nullptr : slots_[slot_of(id)].stream.get();
  }

  // Removes it; nullptr when there is none.
  Pointer take(std::int32_t id) {
    if (empty()) return nullptr;
    const std::size_t index = slot_of(id);
    Pointer taken = std::move(slots_[index].stream);
    if (taken == nullptr) return nullptr;
    --size_;
    fill(index);
    return taken;
  }

  // Removes all, in order of their identifiers.
  std::vector<Pointer> take_all() {
    std::vector<Slot> slots = std::exchange(slots_, {});
    size_ = 0;
    std::erase_if(slots, [](const Slot& slot) { return slot.stream == nullptr; });
    std::sort(slots.begin(), slots.end(), [](const Slot& a, const Slot& b) { return a.id < b.id; });
    std::vector<Pointer> streams;
    streams.reserve(slots.size());
    for (Slot& slot : slots)
      streams.push_back(std::move(slot.stream));
    return streams;
  }

  // Gives the memory of an empty table back.
  void release_memory() {
    if (empty()) slots_ = std::vector<Slot>();
  }

  // Calls visit(Stream&) for each, in no order. It must not change the table.
  template <class Visit>
  void for_each(Visit visit) const {
    for (const Slot& slot : slots_) {
      if (slot.stream != nullptr) visit(*slot.stream);
    }
  }

 private:
  static constexpr std::size_t kFirstSlots = 8;

  struct Slot {
    std::int32_t id = 0;
    Pointer stream;
  };

  // Fibonacci hashing: identifiers that follow each other spread over the whole table.
  std::size_t home_of(std::int32_t id) const {
    const std::uint32_t hash = static_cast<std::uint32_t>(id) * 0x9e3779b1u;
    return static_cast<std::size_t>(std::uint64_t{hash} * slots_.size() >> 32);
  }

  std::size_t next(std::size_t index) const { return (index + 1) & (slots_.size() - 1); }

  // Where the identifier is, or the free slot where it belongs.
  std::size_t slot_of(std::int32_t id) const {
    std::size_t index = home_of(id);
    while (slots_[index].stream != nullptr && slots_[index].id != id)
      index = next(index);
    return index;
  }

  // What follows a hole without a gap moves into it, unless the hole lies before its home.
  void fill(std::size_t hole) {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = next(hole); slots_[i].stream != nullptr; i = next(i)) {
      const std::size_t from_home = (i - home_of(slots_[i].id)) & mask;
      if (from_home < ((i - hole) & mask)) continue;
      slots_[hole] = std::move(slots_[i]);
      hole = i;
    }
  }

  void grow() {
    std::vector<Slot> old(std::max(kFirstSlots, 2 * slots_.size()));
    old.swap(slots_);
    for (Slot& slot : old) {
      if (slot.stream != nullptr) slots_[slot_of(slot.id)] = std::move(slot);
    }
  }

  // A power of two, of which a quarter at least is free.
  std::vector<Slot> slots_;
  std::size_t size_ = 0;
};

}  // namespace http2
