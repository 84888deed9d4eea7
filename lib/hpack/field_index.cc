// SPDX-License-Identifier: MIT
// The encoder's hash chains.
#include "hpack/field_index.h"

#include "hpack/static_table.h"
#include "hpack/word_access.h"

namespace nghttp2::hpack {
namespace {

constexpr uint32_t kFewestEntries = 16;
constexpr uint32_t kMostEntries = 1u << 24;
constexpr uint64_t kMultiplier = 0x9E3779B97F4A7C15u;

uint64_t mix(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * kMultiplier;
  return hash ^ hash >> 32;
}

uint32_t hash_octets(uint64_t hash, Bytes octets) {
  const uint8_t* p = octets.data();
  const size_t size = octets.size();
  hash = mix(hash, size);
  if (size >= 8) {
    for (size_t i = 0; i + 8 < size; i += 8)
      hash = mix(hash, load_native<uint64_t>(p + i));
    hash = mix(hash, load_native<uint64_t>(p + size - 8));
  } else if (size >= 4) {
    hash =
        mix(hash, uint64_t(load_native<uint32_t>(p)) << 32 | load_native<uint32_t>(p + size - 4));
  } else if (size != 0) {
    hash = mix(hash, uint64_t(p[0]) << 16 | uint64_t(p[size / 2]) << 8 | p[size - 1]);
  }
  return uint32_t(hash >> 32);
}

}  // namespace

uint32_t FieldIndex::hash_name(Bytes name, Token token) {
  return token == Token::none ? hash_octets(0, name) : uint32_t(token);
}

uint32_t FieldIndex::hash_field(uint32_t name_hash, Bytes value) {
  return hash_octets(uint64_t(name_hash) << 32, value);
}

uint32_t FieldIndex::wire_index(uint32_t number) const {
  return kStaticEntryCount + 1 + (table_->last_number() - number);
}

uint32_t FieldIndex::find_field(const Field& field, uint32_t hash) const {
  if (capacity_ == 0) return 0;
  uint32_t number = field_heads_[hash & (capacity_ - 1)];
  for (uint32_t steps = 0; steps < kMaxSteps && table_->is_alive(number); ++steps) {
    const Link& link = links_[number & (capacity_ - 1)];
    if (link.hashes.field == hash) {
      const Field candidate = table_->at_age(table_->last_number() - number);
      if (candidate.token == field.token && same(candidate.value, field.value) &&
          (field.token != Token::none || same(candidate.name, field.name))) {
        return wire_index(number);
      }
    }
    number = link.older_field;
  }
  return 0;
}

uint32_t FieldIndex::find_name(const Field& field, uint32_t hash) const {
  if (capacity_ == 0) return 0;
  uint32_t number = name_heads_[hash & (capacity_ - 1)];
  for (uint32_t steps = 0; steps < kMaxSteps && table_->is_alive(number); ++steps) {
    const Link& link = links_[number & (capacity_ - 1)];
    if (link.hashes.name == hash) {
      const Field candidate = table_->at_age(table_->last_number() - number);
      if (candidate.token == field.token && same(candidate.name, field.name)) {
        return wire_index(number);
      }
    }
    number = link.older_name;
  }
  return 0;
}

void FieldIndex::link(uint32_t number, Hashes hashes) {
  uint32_t& field_head = field_heads_[hashes.field & (capacity_ - 1)];
  uint32_t& name_head = name_heads_[hashes.name & (capacity_ - 1)];
  links_[number & (capacity_ - 1)] = {hashes, field_head, name_head};
  field_head = name_head = number;
}

void FieldIndex::add_newest(Hashes hashes) {
  link(table_->last_number(), hashes);
}

bool FieldIndex::grow() {
  const uint32_t capacity = capacity_ ? capacity_ * 2 : kFewestEntries;
  constexpr size_t kPerEntry = sizeof(Link) + 2 * sizeof(uint32_t);
  if (capacity > kMostEntries) return false;
  // Zeroed heads name no entry that is alive: numbers begin with 1, and a stale number that comes
  // around again after 2^32 insertions is only a candidate to be compared.
  void* memory = allocator_->allocate_zeroed(capacity * kPerEntry);
  if (!memory) return false;
  const Link* const old_links = links_;
  const uint32_t old_capacity = capacity_;
  links_ = static_cast<Link*>(memory);
  field_heads_ = reinterpret_cast<uint32_t*>(links_ + capacity);
  name_heads_ = field_heads_ + capacity;
  capacity_ = capacity;
  for (uint32_t age = table_->count(); age-- > 0;) {
    const uint32_t number = table_->last_number() - age;
    link(number, old_links[number & (old_capacity - 1)].hashes);
  }
  allocator_->free(const_cast<Link*>(old_links));
  return true;
}

}  // namespace nghttp2::hpack
