// SPDX-License-Identifier: MIT
// Finds fields in the encoder's dynamic table.
#pragma once

#include "base/allocator.h"
#include "base/table.h"
#include "hpack/dynamic_table.h"
#include "hpack/static_table.h"
#include "hpack/token.h"
#include "hpack/word_access.h"

namespace nghttp2::hpack {

// Two hash tables over the numbers of a DynamicTable's entries: one by name and value, one by
// name. Entries of one bucket form a chain from the youngest to the oldest, so that evicted ones,
// all of them at the end of the chain, need no removal: a search just stops at the first of them.
class FieldIndex {
 public:
  struct Hashes {
    uint32_t field;
    uint32_t name;
  };

  FieldIndex(const Allocator& allocator, const DynamicTable& table)
      : allocator_(&allocator), table_(&table) {}
  FieldIndex(const FieldIndex&) = delete;
  FieldIndex& operator=(const FieldIndex&) = delete;
  ~FieldIndex() { allocator_->free(links_); }

  static uint32_t hash_name(Bytes name, Token token) {
    return token == Token::none ? hash_octets(0, name) : uint32_t(token);
  }
  static uint32_t hash_field(uint32_t name_hash, Bytes value) {
    return hash_octets(uint64_t(name_hash) << 32, value);
  }

  // Most fields are equal to the last indexed one of their name. That one is looked at first, known
  // by the slot of its name alone: neither token nor hash is needed, and no chain is followed.
  // Octets decide, so that a note of an entry that is gone, of another name in the same slot, or
  // of an entry 256 insertions ago does no harm. 0 when the guess was wrong.
  uint32_t guess(Bytes name, Bytes value, NameSlot slot) const {
    const uint32_t age = uint8_t(table_->last_number() - latest_[slot]);
    if (age >= table_->count()) return 0;
    const Field entry = table_->at_age(age);
    return same(entry.name, name) && same(entry.value, value) ? kStaticEntryCount + 1 + age : 0;
  }
  // A field whose name has this slot has this index now.
  void note(NameSlot slot, uint32_t index) {
    latest_[slot] = uint8_t(table_->last_number() - (index - kStaticEntryCount - 1));
  }

  // Index of the youngest entry that is equal, as on the wire; 0 when none was found. A search
  // looks at kMaxSteps entries at most, whatever an attacker makes the application send.
  uint32_t find_field(Bytes name, Bytes value, Token token, uint32_t hash) const {
    if (!links_) return 0;
    uint32_t number = field_heads_[hash & mask_];
    for (uint32_t steps = 0; steps < kMaxSteps && table_->is_alive(number); ++steps) {
      const Link& link = links_[number & mask_];
      if (link.hashes.field == hash && table_->has_field(number, name, value, token)) {
        return wire_index(number);
      }
      number = link.older_field;
    }
    return 0;
  }
  uint32_t find_name(Bytes name, Token token, uint32_t hash) const;

  // Gives all memory back. Nothing is found until prepare() or restore() has been called.
  void release_memory();
  // After release_memory(): finds again what is in the table, if there is memory.
  void restore() {
    if (!links_ && table_->count() > 0) (void)grow();
  }

  // To be called before an insertion into the table; false when there is no memory.
  [[nodiscard]] bool prepare() { return (links_ && table_->count() <= mask_) || grow(); }
  // Takes note of the table's newest entry.
  void add_newest(Hashes hashes, NameSlot slot) {
    link(table_->last_number(), hashes);
    latest_[slot] = uint8_t(table_->last_number());
  }

 private:
  static constexpr uint32_t kMaxSteps = 64;
  static constexpr Table<uint8_t, kNameSlots> kNoneUsed = {};
  struct Link {
    Hashes hashes;
    uint32_t older_field;  // numbers of the next entries of the chains
    uint32_t older_name;
  };

  // Good enough to spread fields; a search for fields that an attacker has made collide ends soon.
  static uint64_t mix(uint64_t hash, uint64_t first, uint64_t second) {
    hash = ((hash ^ first) * 0x9E3779B97F4A7C15u + second) * 0xD6E8FEB86659FD93u;
    return hash ^ hash >> 32;
  }
  static uint32_t hash_octets(uint64_t seed, Bytes octets);

  static Hashes hashes_of(const Field& field);
  [[nodiscard]] bool grow();
  void link(uint32_t number, Hashes hashes) {
    uint32_t& field_head = field_heads_[hashes.field & mask_];
    uint32_t& name_head = name_heads_[hashes.name & mask_];
    links_[number & mask_] = {hashes, field_head, name_head};
    field_head = name_head = number;
  }
  uint32_t wire_index(uint32_t number) const {
    return kStaticEntryCount + 1 + (table_->last_number() - number);
  }

  const Allocator* allocator_;
  const DynamicTable* table_;
  Link* links_ = nullptr;            // a ring like the table's
  uint32_t* field_heads_ = nullptr;  // in the same memory
  uint32_t* name_heads_ = nullptr;
  uint32_t mask_ = 0;  // one less than the ring's size, a power of two
  // By slot of the name: the low bits of the number of the entry that was last used or added. In
  // the same memory as the links; until there are entries, nobody writes to it.
  uint8_t* latest_ = const_cast<uint8_t*>(kNoneUsed.items);
};

inline uint32_t FieldIndex::hash_octets(uint64_t seed, Bytes octets) {
  const uint8_t* p = octets.data();
  const size_t size = octets.size();
  uint64_t hash = seed ^ size;
  if (size >= 8) {
    // Words overlap at the end.
    for (const uint8_t* const last = p + size - 16; size > 16 && p < last; p += 16)
      hash = mix(hash, load_native<uint64_t>(p), load_native<uint64_t>(p + 8));
    const size_t left = size > 16 ? 16 : size;
    p = octets.end();
    hash = mix(hash, load_native<uint64_t>(p - left), load_native<uint64_t>(p - 8));
  } else if (size >= 4) {
    hash = mix(hash, load_native<uint32_t>(p), load_native<uint32_t>(p + size - 4));
  } else if (size != 0) {
    hash = mix(hash, p[0], uint32_t(p[size / 2]) << 8 | p[size - 1]);
  }
  return uint32_t(hash >> 16);
}

}  // namespace nghttp2::hpack
