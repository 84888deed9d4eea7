// SPDX-License-Identifier: MIT
// Decodes header blocks (RFC 7541 §3) field by field, from input in pieces of any size.
#pragma once

#include "base/shared_bytes.h"
#include "base/status.h"
#include "hpack/dynamic_table.h"
#include "hpack/field.h"
#include "hpack/huffman.h"
#include "hpack/integer.h"
#include "hpack/static_table.h"

namespace nghttp2::hpack {

class Inflater {
 public:
  enum class Step : uint8_t { need_more, field, done };

  // Allocates nothing. The allocator outlives the inflater.
  explicit Inflater(const Allocator& allocator) : allocator_(&allocator), table_(allocator) {}
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { release_handles(); }

  // Decodes up to the next field and takes what it has used off the front of the input.
  // need_more: the input is used up and did not complete a field. field: see field().
  // done: the block is complete; only when `last`, which says that the block ends with this input.
  // Fails with header_compression or no_memory, and then so does every later call.
  Result<Step> next(Bytes& input, bool last) {
    // Most fields are an index in one octet; what they need is inlined into the caller.
    return decode_short_index(input) ? Result<Step>(Step::field) : decode(input, last);
  }

  // Whether the block may end here, so that next() with nothing more would be done.
  bool is_between_fields() const {
    return stage_ == Stage::representation || stage_ == Stage::block_start;
  }

  // The field found last; valid until the next call of next() or change_table_size().
  const Field& field() const { return field_; }
  // Notes bits about that field that will come along whenever the same entry of the dynamic table
  // is used again, as long as it stays there. No effect on other fields. At most once for a field.
  void mark(uint8_t marks) {
    if (entry_number_ != 0) table_.mark(entry_number_, marks);
  }
  // Its name and value as shared bytes; nullptr when there is no memory. They belong to the
  // inflater until the next call of next(): who keeps them takes a reference.
  SharedBytes* name_handle();
  SharedBytes* value_handle();

  // How many dynamic table size updates the present block began with. RFC 7541 §4.2 needs no more
  // than two.
  uint32_t size_updates() const { return size_updates_; }
  // Must be called after each block; what is left of an unfinished one is forgotten.
  void end_block();

  // The peer has acknowledged SETTINGS_HEADER_TABLE_SIZE with this value. A smaller table than
  // the present one takes effect at once, and the next block must begin with a size update
  // (RFC 7541 §4.2). invalid_state within a block.
  Status change_table_size(size_t settings_max);

  // Gives back memory that is not needed between two blocks; nothing within one.
  void release_memory();

  size_t dynamic_table_size() const { return table_.size(); }
  size_t max_dynamic_table_size() const { return table_.max_size(); }
  // Of the static and the dynamic table together.
  size_t entry_count() const;
  // index as on the wire: 1-based over both tables. nullptr if there is no such entry, or no
  // memory. Valid until the next call of next() or change_table_size().
  const FieldView* entry(size_t index);

 private:
  // What comes next in the input.
  enum class Stage : uint8_t {
    block_start,      // size updates are allowed
    size_update_due,  // and one is demanded
    representation,
    size_update,  // the rest of its integer
    index,        // the rest of an indexed field's
    name_index,   // the rest of a literal's
    name_length,
    name_length_rest,
    name,
    value_length,
    value_length_rest,
    value,
    failed,
  };
  // proceed: with the next stage; the others end next().
  enum class Progress : uint8_t { proceed, need_more, field, corrupt, no_memory };

  bool decode_short_index(Bytes& input) {
    if (input.empty() || (stage_ != Stage::representation && stage_ != Stage::block_start)) {
      return false;
    }
    const uint32_t index = *input.begin() ^ 0x80u;
    if (index >= prefix_mask(7) || index - 1 >= max_index() || name_handle_ || value_handle_) {
      return false;
    }
    set_field(index);
    field_.never_index = false;
    stage_ = Stage::representation;
    input = input.from(1);
    return true;
  }
  void set_field(uint32_t index) {
    if (index <= kStaticEntryCount) {
      const FieldView& view = kStaticFields.items[index - 1];
      field_.name = {view.name, view.namelen};
      field_.value = {view.value, view.valuelen};
      field_.token = kStaticTokens.items[index - 1];
      field_.marks = 0;
      static_value_ = index;
      entry_number_ = 0;
    } else {
      const uint32_t age = index - kStaticEntryCount - 1;
      field_ = table_.at_age(age);
      static_value_ = 0;
      entry_number_ = table_.last_number() - age;
    }
  }

  Result<Step> decode(Bytes& input, bool last);
  Progress advance(Cursor& input);
  Progress read_representation(Cursor& input);
  Progress begin_literal(uint8_t octet);
  Progress read_integer(Cursor& input);
  Progress use_integer(uint32_t value);
  Progress use_size_update(uint32_t value);
  Progress use_index(uint32_t value);
  Progress use_name_index(uint32_t value);
  Progress use_length(uint32_t value);
  Progress read_length(Cursor& input);
  Progress read_string(Cursor& input);
  uint8_t* decode_part(Bytes part, const uint8_t* readable_end);
  Progress finish_literal();
  void release_handles();

  uint32_t max_index() const { return kStaticEntryCount + table_.count(); }
  uint32_t max_update() const {
    return settings_max_ < update_limit_ ? settings_max_ : update_limit_;
  }

  const Allocator* allocator_;
  DynamicTable table_;
  Field field_;
  IntegerReader integer_;
  HuffmanDecoder huffman_;
  Stage stage_ = Stage::block_start;
  // Of the literal that is being read:
  bool add_to_table_ = false;
  bool never_index_ = false;
  bool is_huffman_ = false;
  bool in_pieces_ = false;    // its present string
  uint32_t string_left_ = 0;  // encoded octets of that string still to come
  uint32_t name_index_ = 0;   // or 0 for a literal name
  // Name and value are collected in the tail of the table, each with a NUL; a name from the table
  // only if the literal becomes an entry.
  bool name_is_in_tail_ = false;
  uint32_t name_length_ = 0;
  uint32_t tail_used_ = 0;

  uint32_t static_value_ = 0;  // index of the static entry that the field's value is from, or 0
  uint32_t entry_number_ = 0;  // of the dynamic entry that the field is from, or 0
  uint32_t settings_max_ = kDefaultTableSize;
  uint32_t update_limit_ = UINT32_MAX;  // the least maximum since the last size update
  uint32_t size_updates_ = 0;           // of the present block
  SharedBytes* name_handle_ = nullptr;
  SharedBytes* value_handle_ = nullptr;
};

}  // namespace nghttp2::hpack
