// SPDX-License-Identifier: MIT
// The dynamic table (RFC 7541 §2.3.2, §4): a queue of fields bounded by their accounted size.
#pragma once

#include "base/vec.h"
#include "base/vocabulary.h"
#include "hpack/field.h"

namespace nghttp2::hpack {

// RFC 7541 §4.1: what an entry counts beyond its octets.
inline constexpr size_t kEntryOverhead = 32;
// RFC 9113 §6.5.2: the table size before any setting arrives.
inline constexpr uint32_t kDefaultTableSize = 4096;

// The octets of all entries lie behind one another in one block, oldest first. Entries leave at
// its front and arrive at its back; when the back is reached, what is left moves to the front.
// Hence an insertion allocates nothing once the block has its size, and memory is first taken by
// the first insertion. What the entries really occupy stays below what the table accounts for.
class DynamicTable {
 public:
  explicit DynamicTable(const Allocator& allocator) : allocator_(&allocator) {}
  DynamicTable(const DynamicTable&) = delete;
  DynamicTable& operator=(const DynamicTable&) = delete;
  ~DynamicTable();

  uint32_t count() const { return count_; }
  // The accounted size, and its limit.
  size_t size() const { return size_; }
  size_t max_size() const { return max_size_; }
  // Evicts what does not fit any more.
  void set_max_size(size_t max_size);

  // Numbers given to entries in the order of their arrival, modulo 2^32; the newest one is
  // last_number(). An entry is alive while fewer than count() entries are as young or younger.
  uint32_t last_number() const { return last_number_; }
  bool is_alive(uint32_t number) const { return last_number_ - number < count_; }

  // The entry that arrived `age` entries before the newest one; age < count(). The views end when
  // the table changes.
  Field at_age(uint32_t age) const { return view(entry(last_number_ - age)); }
  // The same as the C API shows it; nullptr when there is no memory for the view.
  const FieldView* view_at_age(uint32_t age);

  // Evicts as many entries as the new one needs and adds it. An entry larger than the table only
  // empties it (RFC 7541 §4.4) and leaves the octets of its entries as they are. The name, not the
  // value, may be that of an entry of this table, even of one that is evicted now. Nothing happens
  // when there is no memory (false).
  [[nodiscard]] bool insert(Bytes name, Bytes value, Token token);

 private:
  struct Entry {
    uint32_t position;  // of the name, on a scale that runs on modulo 2^32
    uint32_t name_length;
    uint32_t value_length;
    Token token;

    // Name and value, each with its NUL.
    uint32_t octets() const { return name_length + value_length + 2; }
    size_t size() const { return size_t(name_length) + value_length + kEntryOverhead; }
  };

  Entry& entry(uint32_t number) const { return entries_[number & (capacity_ - 1)]; }
  Field view(const Entry& entry) const {
    const uint8_t* name = block_ + uint32_t(entry.position - block_position_);
    return {
        {name, entry.name_length}, {name + entry.name_length + 1, entry.value_length}, entry.token};
  }
  void evict_oldest();
  void evict_down_to(size_t size);
  [[nodiscard]] bool make_room_for_entry(uint32_t survivors);
  [[nodiscard]] bool make_room_for_octets(size_t octets, uint32_t survivors, Bytes& name);

  const Allocator* allocator_;
  Entry* entries_ = nullptr;  // a ring
  FieldView* views_ = nullptr;
  uint8_t* block_ = nullptr;
  uint32_t capacity_ = 0;        // of the ring, in entries
  uint32_t block_capacity_ = 0;  // in octets
  uint32_t block_position_ = 0;  // of the block's first octet
  uint32_t end_position_ = 0;    // behind the newest entry
  uint32_t count_ = 0;
  uint32_t last_number_ = 0;
  size_t size_ = 0;
  size_t max_size_ = kDefaultTableSize;
};

}  // namespace nghttp2::hpack
