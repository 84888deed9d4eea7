// SPDX-License-Identifier: MIT
// The dynamic table: insertion and eviction.
#include "hpack/dynamic_table.h"

#include "base/check.h"

namespace nghttp2::hpack {
namespace {

constexpr uint32_t kFewestEntries = 16;
constexpr uint32_t kMostEntries = 1u << 24;
constexpr size_t kSmallestBlock = 512;
// Keeps positions, which run on modulo 2^32, far from meeting each other.
constexpr size_t kMostOctets = size_t(1) << 30;

}  // namespace

DynamicTable::~DynamicTable() {
  allocator_->free(views_);
  allocator_->free(entries_);
  allocator_->free(block_);
}

void DynamicTable::evict_oldest() {
  H2_ASSERT(count_ > 0);
  size_ -= entry(last_number_ - count_ + 1).size();
  --count_;
}

void DynamicTable::evict_down_to(size_t size) {
  while (size_ > size)
    evict_oldest();
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

bool DynamicTable::make_room_for_entry(uint32_t survivors) {
  if (survivors < capacity_) return true;
  const uint32_t capacity = capacity_ ? capacity_ * 2 : kFewestEntries;
  if (capacity > kMostEntries) return false;
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

// The name is that of the new entry; when it is in the block it is kept as well, and followed.
bool DynamicTable::make_room_for_octets(size_t octets, uint32_t survivors, Bytes& name) {
  if (block_capacity_ - uint32_t(end_position_ - block_position_) >= octets) return true;
  const uint32_t front = survivors ? entry(last_number_ - survivors + 1).position : end_position_;
  const uint8_t* kept = block_ + uint32_t(front - block_position_);
  const bool is_inside = block_ && name.data() >= block_ && name.data() < block_ + block_capacity_;
  if (is_inside && name.data() < kept) kept = name.data();
  const uint32_t skipped = uint32_t(kept - block_);
  const size_t held = uint32_t(end_position_ - block_position_) - skipped;

  // Moving within the block pays off while it frees a good part of it.
  uint8_t* block = block_;
  if (held + octets > block_capacity_ / 4 * 3) {
    if (octets > kMostOctets || held > kMostOctets - octets) return false;
    size_t capacity = block_capacity_ ? block_capacity_ : kSmallestBlock;
    while (capacity / 4 * 3 < held + octets)
      capacity *= 2;
    block = static_cast<uint8_t*>(allocator_->allocate(capacity));
    if (!block) return false;
    block_capacity_ = uint32_t(capacity);
  }
  if (held != 0) std::memmove(block, kept, held);
  if (is_inside) name = {block + (name.data() - kept), name.size()};
  if (block != block_) {
    allocator_->free(block_);
    block_ = block;
  }
  block_position_ += skipped;
  return true;
}

bool DynamicTable::insert(Bytes name, Bytes value, Token token) {
  if (name.size() > max_size_ || value.size() > max_size_ - name.size() ||
      max_size_ - name.size() - value.size() < kEntryOverhead) {
    evict_down_to(0);
    return true;
  }
  const size_t entry_size = name.size() + value.size() + kEntryOverhead;
  uint32_t survivors = count_;
  size_t surviving_size = size_;
  for (; surviving_size + entry_size > max_size_; --survivors)
    surviving_size -= entry(last_number_ - survivors + 1).size();
  const size_t octets = name.size() + value.size() + 2;
  if (!make_room_for_entry(survivors) || !make_room_for_octets(octets, survivors, name)) {
    return false;
  }

  count_ = survivors + 1;
  size_ = surviving_size + entry_size;
  ++last_number_;
  entry(last_number_) = {end_position_, uint32_t(name.size()), uint32_t(value.size()), token};
  uint8_t* out = block_ + uint32_t(end_position_ - block_position_);
  out = copy_bytes(out, name);
  *out++ = 0;
  out = copy_bytes(out, value);
  *out = 0;
  end_position_ += uint32_t(octets);
  return true;
}

}  // namespace nghttp2::hpack
