// SPDX-License-Identifier: MIT
// The dynamic table (RFC 7541 §2.3.2, §4): a queue of fields bounded by their accounted size.
#pragma once

#include "base/allocator.h"
#include "base/check.h"
#include "base/vocabulary.h"
#include "hpack/field.h"
#include "hpack/word_access.h"

namespace nghttp2::hpack {

// RFC 7541 §4.1: what an entry counts beyond its octets.
inline constexpr size_t kEntryOverhead = 32;
// RFC 9113 §6.5.2: the table size before any setting arrives.
inline constexpr uint32_t kDefaultTableSize = 4096;

// The octets of all entries lie behind one another in one block, oldest first. Entries leave at
// its front and arrive at its back, where they are written in place; when the back is reached,
// what is left moves to the front. Hence an insertion allocates nothing once the block has its
// size. Memory is first taken when there is something to write.
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

  // Comparisons with the entry of that number, which is alive. Names with a token are known by it.
  bool has_name(uint32_t number, Bytes name, Token token) const {
    const Entry& candidate = entry(number);
    return candidate.token == token && (token != Token::none || same(view(candidate).name, name));
  }
  bool has_field(uint32_t number, Bytes name, Bytes value, Token token) const {
    return has_name(number, name, token) && same(view(entry(number)).value, value);
  }

  // The entry that arrived `age` entries before the newest one; age < count(). The views end when
  // the table changes.
  Field at_age(uint32_t age) const { return view(entry(last_number_ - age)); }
  // The same as the C API shows it; nullptr when there is no memory for the view.
  const FieldView* view_at_age(uint32_t age);
  // Notes that users attach to an entry; 0 at first. For entries that are alive.
  void mark(uint32_t number, uint8_t marks) { entry(number).marks |= marks; }

  // Makes room for so many octets behind the newest entry, of which the first `used` have been
  // written there already and are kept. Views of entries end. False when there is no memory.
  [[nodiscard]] bool reserve_tail(size_t used, size_t octets) {
    return tail_room() >= octets || move_block(used, octets);
  }
  // The place of these octets.
  uint8_t* tail() const { return block_ + uint32_t(end_position_ - block_position_); }

  // The octets of the tail become the newest entry: a name, a NUL, a value and a NUL. Older
  // entries are evicted as needed; an entry larger than the table only empties it (RFC 7541
  // §4.4). The octets of all of them stay where they are. False, with nothing done, when there is
  // no memory.
  [[nodiscard]] bool add_tail(size_t name_length, size_t value_length, Token token);

  // The same for octets from elsewhere.
  [[nodiscard]] bool insert(Bytes name, Bytes value, Token token);

  // Gives back memory that long strings have needed. Views end.
  void trim();
  // Gives back all memory but what the entries occupy. Views end.
  void shrink_to_fit();

 private:
  struct Entry {
    uint32_t position;  // of the name, on a scale that runs on modulo 2^32
    uint32_t name_length;
    uint32_t value_length;
    Token token;
    uint8_t marks;

    // Name and value, each with its NUL.
    uint32_t octets() const { return name_length + value_length + 2; }
    size_t size() const { return size_t(name_length) + value_length + kEntryOverhead; }
  };

  Entry& entry(uint32_t number) const { return entries_[number & (capacity_ - 1)]; }
  Field view(const Entry& entry) const {
    const uint8_t* name = block_ + uint32_t(entry.position - block_position_);
    return {.name = {name, entry.name_length},
            .value = {name + entry.name_length + 1, entry.value_length},
            .token = entry.token,
            .marks = entry.marks};
  }
  void evict_oldest() {
    H2_ASSERT(count_ > 0);
    size_ -= entry(last_number_ - count_ + 1).size();
    --count_;
  }
  void evict_down_to(size_t size) {
    while (size_ > size)
      evict_oldest();
  }
  size_t tail_room() const { return block_capacity_ - uint32_t(end_position_ - block_position_); }
  // Where the octets of the oldest entry begin.
  uint32_t front_position() const {
    return count_ ? entry(last_number_ - count_ + 1).position : end_position_;
  }
  [[nodiscard]] bool grow_ring();
  [[nodiscard]] bool replace_ring(uint32_t capacity);
  [[nodiscard]] bool move_block(size_t used, size_t octets);
  [[nodiscard]] bool replace_block(size_t capacity, size_t held);

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

inline bool DynamicTable::add_tail(size_t name_length, size_t value_length, Token token) {
  const size_t octets = name_length + value_length;
  if (max_size_ < kEntryOverhead || octets > max_size_ - kEntryOverhead) {
    evict_down_to(0);
    return true;
  }
  if (count_ == capacity_ && !grow_ring()) return false;
  evict_down_to(max_size_ - kEntryOverhead - octets);
  ++count_;
  ++last_number_;
  size_ += octets + kEntryOverhead;
  entry(last_number_) = {end_position_, uint32_t(name_length), uint32_t(value_length), token, 0};
  end_position_ += uint32_t(octets + 2);
  return true;
}

[[gnu::always_inline]] inline bool DynamicTable::insert(Bytes name, Bytes value, Token token) {
  const size_t octets = name.size() + value.size() + 2;
  if (octets > max_size_ + 2) {
    evict_down_to(0);
    return true;
  }
  if (!reserve_tail(0, octets)) return false;
  uint8_t* out = copy_octets(tail(), name.data(), name.size());
  *out++ = 0;
  *copy_octets(out, value.data(), value.size()) = 0;
  return add_tail(name.size(), value.size(), token);
}

}  // namespace nghttp2::hpack
