// SPDX-License-Identifier: MIT
// The dynamic table: insertion and eviction.
#include "hpack/dynamic_table.h"

namespace nghttp2::hpack {
namespace {

constexpr uint32_t kFewestEntries = 16;
constexpr uint32_t kMostEntries = 1u << 24;
constexpr size_t kSmallestBlock = 512;
// A table of ordinary size keeps this much between blocks, even if it is empty.
constexpr size_t kLargestIdleBlock = 4096;
// Keeps positions, which run on modulo 2^32, far from meeting each other.
constexpr size_t kMostOctets = size_t(1) << 30;

}  // namespace

DynamicTable::~DynamicTable() {
  allocator_->free(views_);
  allocator_->free(entries_);
  allocator_->free(block_);
}

void DynamicTable::set_max_size(size_t max_size) {
  max_size_ = max_size;
  evict_down_to(max_size);
}

const FieldView* DynamicTable::view_at_age(uint32_t age) {
  if (!views_) {
    views_ = static_cast<FieldView*>(allocator_->allocate(capacity_ * sizeof(FieldView)));
    if (!views_) return nullptr;
  }
  const Field field = at_age(age);
  FieldView& view = views_[(last_number_ - age) & (capacity_ - 1)];
  // The C API has no pointers to constant octets here.
  view = {const_cast<uint8_t*>(field.name.data()), const_cast<uint8_t*>(field.value.data()),
          field.name.size(), field.value.size(), 0};
  return &view;
}

bool DynamicTable::grow_ring() {
  uint32_t capacity = capacity_ ? capacity_ * 2 : kFewestEntries;
  if (capacity < kFewestEntries) capacity = kFewestEntries;
  return capacity <= kMostEntries && replace_ring(capacity);
}

bool DynamicTable::replace_ring(uint32_t capacity) {
  Entry* entries = static_cast<Entry*>(allocator_->allocate(capacity * sizeof(Entry)));
  if (!entries) return false;
  for (uint32_t age = 0; age < count_; ++age) {
    const uint32_t number = last_number_ - age;
    entries[number & (capacity - 1)] = entry(number);
  }
  allocator_->free(entries_);
  entries_ = entries;
  capacity_ = capacity;
  allocator_->free(views_);
  views_ = nullptr;
  return true;
}

// The octets from the oldest entry on move to a new block.
bool DynamicTable::replace_block(size_t capacity, size_t held) {
  uint8_t* block = static_cast<uint8_t*>(allocator_->allocate(capacity));
  if (!block) return false;
  const uint32_t front = front_position();
  if (held != 0) std::memcpy(block, block_ + uint32_t(front - block_position_), held);
  allocator_->free(block_);
  block_ = block;
  block_capacity_ = uint32_t(capacity);
  block_position_ = front;
  return true;
}

bool DynamicTable::move_block(size_t used, size_t octets) {
  const uint32_t front = front_position();
  const size_t held = uint32_t(end_position_ - front) + used;
  if (octets > kMostOctets || held > kMostOctets - octets) return false;
  const size_t needed = held - used + octets;

  // Moving within the block pays off while it frees a good part of it.
  if (needed > block_capacity_ / 4 * 3) {
    size_t capacity = block_capacity_ > kSmallestBlock ? block_capacity_ : kSmallestBlock;
    while (capacity / 4 * 3 < needed)
      capacity *= 2;
    return replace_block(capacity, held);
  }
  std::memmove(block_, block_ + uint32_t(front - block_position_), held);
  block_position_ = front;
  return true;
}

void DynamicTable::trim() {
  const size_t held = uint32_t(end_position_ - front_position());
  size_t capacity = kLargestIdleBlock;
  while (capacity / 2 < held)
    capacity *= 2;
  // Trimming is only thrift: without memory for the smaller block the larger one serves on.
  if (capacity < block_capacity_) (void)replace_block(capacity, held);
}

void DynamicTable::shrink_to_fit() {
  const size_t held = uint32_t(end_position_ - front_position());
  if (count_ == 0) {
    allocator_->free(entries_);
    allocator_->free(block_);
    entries_ = nullptr;
    block_ = nullptr;
    capacity_ = block_capacity_ = 0;
    block_position_ = end_position_;
  } else {
    uint32_t capacity = 1;
    while (capacity < count_)
      capacity *= 2;
    // Without memory for something smaller the larger serves on.
    if (capacity < capacity_) (void)replace_ring(capacity);
    if (held < block_capacity_) (void)replace_block(held, held);
  }
  allocator_->free(views_);
  views_ = nullptr;
}

}  // namespace nghttp2::hpack
