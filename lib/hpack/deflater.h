// SPDX-License-Identifier: MIT
// Encodes lists of fields as header blocks (RFC 7541 §6).
#pragma once

#include "base/buffer.h"
#include "base/status.h"
#include "hpack/dynamic_table.h"
#include "hpack/field_index.h"

namespace nghttp2::hpack {

// Whether a literal becomes an entry of the dynamic tables (RFC 7541 §6.2).
enum class Indexing : uint8_t { add, without, never };

struct FieldKind {
  Token token;
  Indexing indexing;
};

// After a failure of encode() or encode_into() the peer's table is unknown: every later call
// fails with header_compression.
class Deflater {
 public:
  // Allocates nothing. The dynamic table never becomes larger than max_table_size, whatever the
  // peer allows. The allocator outlives the deflater.
  Deflater(const Allocator& allocator, size_t max_table_size);
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  // Appends a whole header block. Fails with no_memory.
  Status encode(Buffer& out, Slice<const FieldView> fields);
  // The same into memory of the caller; the octets written, or insufficient_buffer.
  Result<size_t> encode_into(MutableBytes out, Slice<const FieldView> fields);
  // A block that was encoded will not reach the peer.
  void give_up() { failed_ = true; }

  // The peer's SETTINGS_HEADER_TABLE_SIZE. The next block announces the size in use. Always ok.
  Status change_table_size(size_t settings_max);

  // No header block of these fields is longer, in octets.
  static size_t bound(Slice<const FieldView> fields);

  // Gives back memory that is not needed between two blocks.
  void release_memory();

  size_t dynamic_table_size() const { return table_.size(); }
  size_t max_dynamic_table_size() const { return table_.max_size(); }
  // Of the static and the dynamic table together.
  size_t entry_count() const;
  // index as on the wire: 1-based over both tables. nullptr if there is no such entry, or no
  // memory. Valid until the deflater is used again.
  const FieldView* entry(size_t index);

 private:
  Status append(Buffer& out, Slice<const FieldView> fields);
  uint8_t* write_size_updates(uint8_t* out);
  uint8_t* write_literal(uint8_t* out, const uint8_t* room_end, const FieldView& view,
                         FieldKind kind, FieldIndex::Hashes hashes, NameSlot slot);
  uint8_t* encode_field(uint8_t* out, const uint8_t* room_end, const FieldView& view,
                        NameSlot slot);
  Result<uint8_t*> encode_while_room(MutableBytes room, Slice<const FieldView>& fields);

  DynamicTable table_;
  FieldIndex index_;
  const Allocator* allocator_;
  size_t own_max_;
  size_t least_max_ = SIZE_MAX;  // the smallest maximum since the last block
  bool size_update_due_ = false;
  bool failed_ = false;
};

}  // namespace nghttp2::hpack
