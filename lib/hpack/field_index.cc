// SPDX-License-Identifier: MIT
// The encoder's hash chains.
#include "hpack/field_index.h"

namespace nghttp2::hpack {
namespace {

constexpr uint32_t kFewestEntries = 16;
constexpr uint32_t kMostEntries = 1u << 24;

}  // namespace

uint32_t FieldIndex::find_name(Bytes name, Token token, uint32_t hash) const {
  if (!links_) return 0;
  uint32_t number = name_heads_[hash & mask_];
  for (uint32_t steps = 0; steps < kMaxSteps && table_->is_alive(number); ++steps) {
    const Link& link = links_[number & mask_];
    if (link.hashes.name == hash && table_->has_name(number, name, token)) {
      return wire_index(number);
    }
    number = link.older_name;
  }
  return 0;
}

void FieldIndex::release_memory() {
  allocator_->free(links_);
  links_ = nullptr;
  field_heads_ = name_heads_ = nullptr;
  mask_ = 0;
  latest_ = const_cast<uint8_t*>(kNoneUsed.items);
}

FieldIndex::Hashes FieldIndex::hashes_of(const Field& field) {
  const uint32_t name = hash_name(field.name, field.token);
  return {.field = hash_field(name, field.value), .name = name};
}

bool FieldIndex::grow() {
  uint32_t capacity = links_ ? (mask_ + 1) * 2 : kFewestEntries;
  while (capacity <= table_->count())
    capacity *= 2;
  constexpr size_t kPerEntry = sizeof(Link) + 2 * sizeof(uint32_t);
  if (capacity > kMostEntries) return false;
  // Zeroed heads name no entry that is alive: numbers begin with 1, and a stale number that comes
  // around again after 2^32 insertions is only a candidate to be compared.
  void* memory = allocator_->allocate_zeroed(capacity * kPerEntry + kNameSlots);
  if (!memory) return false;
  const Link* const old_links = links_;
  const uint32_t old_mask = mask_;
  links_ = static_cast<Link*>(memory);
  field_heads_ = reinterpret_cast<uint32_t*>(links_ + capacity);
  name_heads_ = field_heads_ + capacity;
  auto* const latest = reinterpret_cast<uint8_t*>(name_heads_ + capacity);
  if (old_links) std::memcpy(latest, latest_, kNameSlots);
  latest_ = latest;
  mask_ = capacity - 1;
  for (uint32_t age = table_->count(); age-- > 0;) {
    const uint32_t number = table_->last_number() - age;
    link(number, old_links ? old_links[number & old_mask].hashes : hashes_of(table_->at_age(age)));
  }
  allocator_->free(const_cast<Link*>(old_links));
  return true;
}

}  // namespace nghttp2::hpack
