// SPDX-License-Identifier: MIT
// Finds fields in the encoder's dynamic table.
#pragma once

#include "base/allocator.h"
#include "hpack/dynamic_table.h"

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

  static uint32_t hash_name(Bytes name, Token token);
  static uint32_t hash_field(uint32_t name_hash, Bytes value);

  // Index of the youngest entry that is equal, as on the wire; 0 when none was found. A search
  // looks at kMaxSteps entries at most, whatever an attacker makes the application send.
  uint32_t find_field(const Field& field, uint32_t hash) const;
  uint32_t find_name(const Field& field, uint32_t hash) const;

  // To be called before an insertion into the table; false when there is no memory.
  [[nodiscard]] bool prepare() { return table_->count() < capacity_ || grow(); }
  // Takes note of the table's newest entry.
  void add_newest(Hashes hashes);

 private:
  static constexpr uint32_t kMaxSteps = 64;
  struct Link {
    Hashes hashes;
    uint32_t older_field;  // numbers of the next entries of the chains
    uint32_t older_name;
  };

  [[nodiscard]] bool grow();
  void link(uint32_t number, Hashes hashes);
  uint32_t wire_index(uint32_t number) const;

  const Allocator* allocator_;
  const DynamicTable* table_;
  Link* links_ = nullptr;            // a ring like the table's
  uint32_t* field_heads_ = nullptr;  // in the same memory
  uint32_t* name_heads_ = nullptr;
  uint32_t capacity_ = 0;
};

}  // namespace nghttp2::hpack
