// SPDX-License-Identifier: MIT
// Encodes header blocks: which representation each field gets, and its octets.
#include "hpack/deflater.h"

#include "hpack/huffman.h"
#include "hpack/integer.h"
#include "hpack/static_table.h"
#include "hpack/token.h"
#include "hpack/word_access.h"

namespace nghttp2::hpack {
namespace {

// Values that rarely come twice would only push others out of the table; secrets are kept out of
// it, so that nobody can find them out by guessing (RFC 7541 §7.1.3).
consteval Table<Indexing, size_t(Token::none) + 1> make_indexing() {
  Table<Indexing, size_t(Token::none) + 1> table{};
  for (const Token token :
       {Token::path, Token::age, Token::content_length, Token::etag, Token::if_modified_since,
        Token::if_none_match, Token::location, Token::set_cookie}) {
    table[size_t(token)] = Indexing::without;
  }
  table[size_t(Token::authorization)] = Indexing::never;
  table[size_t(Token::proxy_authorization)] = Indexing::never;
  return table;
}
constexpr Table<Indexing, size_t(Token::none) + 1> kIndexing = make_indexing();

// A cookie as short as this can be guessed.
constexpr size_t kShortCookie = 20;

Indexing indexing_of(Token token, Bytes name, Bytes value, size_t max_table_size) {
  if (token == Token::cookie && value.size() < kShortCookie) return Indexing::never;
  const Indexing indexing = kIndexing.items[size_t(token)];
  if (indexing != Indexing::add) return indexing;
  // An entry that takes most of the table would push out nearly all others.
  const uint64_t size = name.size() + value.size() + kEntryOverhead;
  return size > uint64_t(max_table_size) * 3 / 4 ? Indexing::without : Indexing::add;
}

// The index of the static entry with this value, for a name of the static table.
uint32_t find_static(Token token, Bytes value) {
  uint32_t index = kFirstStaticIndex.items[size_t(token)];
  const uint32_t end = kFirstStaticIndex.items[size_t(token) + 1];
  for (; index != end; ++index) {
    const FieldView& view = kStaticFields.items[index - 1];
    if (same({view.value, view.valuelen}, value)) return index;
  }
  return 0;
}

bool may_have_static_value(Token token, Bytes value) {
  constexpr Token kLastWithOtherValues = Token::accept_encoding;
  return token <= kLastWithOtherValues || (value.empty() && is_static_name(token));
}

// Two size updates. A representation's first octet, an index and two lengths.
constexpr size_t kUpdateOctets = 12;
constexpr size_t kFieldOverhead = 12;
// Below this no length needs more than five octets.
constexpr size_t kOrdinaryOctets = size_t(1) << 28;

// No representation of the field is longer.
size_t field_bound(const FieldView& field) {
  const size_t octets = kFieldOverhead + field.namelen + field.valuelen;
  return octets < kOrdinaryOctets ? octets : octets + 9;
}

// Writes a string (RFC 7541 §5.2) and returns the end. There must be room for the plain text and
// its length; memory up to room_end may be overwritten.
[[gnu::always_inline]] inline uint8_t* write_string(uint8_t* out, const uint8_t* room_end,
                                                    Bytes text) {
  // The encoded text goes where it belongs if its length needs as many octets as that of the
  // plain text, as it nearly always does.
  uint8_t* const place = out + integer_octets(7, text.size());
  const size_t length = huffman_encode_if_shorter(text, place, room_end);
  if (length == 0) {
    out = write_integer(out, 0, 7, text.size());
    return copy_octets(out, text.data(), text.size());
  }
  out = write_integer(out, 0x80, 7, length);
  if (out != place) std::memmove(out, place, length);
  return out + length;
}

// Names are seldom literal.
[[gnu::noinline]] uint8_t* write_name(uint8_t* out, const uint8_t* room_end, Bytes name) {
  return write_string(out, room_end, name);
}

}  // namespace

Deflater::Deflater(const Allocator& allocator, size_t max_table_size)
    : table_(allocator),
      index_(allocator, table_),
      allocator_(&allocator),
      own_max_(max_table_size < UINT32_MAX ? max_table_size : UINT32_MAX) {
  if (own_max_ < table_.max_size()) (void)change_table_size(own_max_);
}

Status Deflater::change_table_size(size_t settings_max) {
  const size_t max = settings_max < own_max_ ? settings_max : own_max_;
  if (max < least_max_) least_max_ = max;
  size_update_due_ = true;
  table_.set_max_size(max);
  return Status::ok;
}

size_t Deflater::bound(Slice<const FieldView> fields) {
  size_t octets = kUpdateOctets;
  for (const FieldView& field : fields)
    octets += kFieldOverhead + field.namelen + field.valuelen;
  return octets;
}

Status Deflater::encode(Buffer& out, Slice<const FieldView> fields) {
  if (failed_) return Status::header_compression;
  const Status status = append(out, fields);
  failed_ = status != Status::ok;
  return status;
}

Status Deflater::append(Buffer& out, Slice<const FieldView> fields) {
  if (size_update_due_) {
    if (!out.reserve(kUpdateOctets)) return Status::no_memory;
    out.commit(size_t(write_size_updates(out.tail()) - out.tail()));
  }
  while (!fields.empty()) {
    if (!out.reserve(field_bound(fields[0]))) return Status::no_memory;
    const Result<uint8_t*> end = encode_while_room({out.tail(), out.room()}, fields);
    if (!end.ok()) return end.status;
    out.commit(size_t(end.value - out.tail()));
  }
  return Status::ok;
}

Result<size_t> Deflater::encode_into(MutableBytes out, Slice<const FieldView> fields) {
  if (failed_) return Status::header_compression;
  failed_ = true;
  uint8_t* at = out.begin();
  if (size_update_due_ && out.size() >= kUpdateOctets) at = write_size_updates(at);
  if (!size_update_due_) {
    const Result<uint8_t*> end = encode_while_room({at, size_t(out.end() - at)}, fields);
    if (!end.ok()) return end.status;
    at = end.value;
  }
  if (size_update_due_ || !fields.empty()) {
    // What might not fit is encoded elsewhere first.
    Buffer rest(*allocator_);
    RETURN_IF_ERROR(append(rest, fields));
    if (rest.size() > size_t(out.end() - at)) return Status::insufficient_buffer;
    at = copy_bytes(at, rest.bytes());
  }
  failed_ = false;
  return size_t(at - out.begin());
}

// RFC 7541 §4.2: the smallest maximum in between must be told if the table has grown again.
uint8_t* Deflater::write_size_updates(uint8_t* out) {
  if (least_max_ < table_.max_size()) out = write_integer(out, 0x20, 5, least_max_);
  out = write_integer(out, 0x20, 5, table_.max_size());
  least_max_ = SIZE_MAX;
  size_update_due_ = false;
  return out;
}

// The literal representations (RFC 7541 §6.2). Returns the end, or nullptr when there is no memory
// for the table. Not inlined, so that the registers are left to those who need no literal.
[[gnu::noinline]] uint8_t* Deflater::write_literal(uint8_t* out, const uint8_t* room_end,
                                                   const FieldView& view, FieldKind kind,
                                                   FieldIndex::Hashes hashes, NameSlot slot) {
  const Bytes name = {view.name, view.namelen};
  const Bytes value = {view.value, view.valuelen};
  uint32_t name_index;
  if (is_static_name(kind.token)) {
    name_index = kFirstStaticIndex.items[size_t(kind.token)];
  } else {
    if (kind.indexing != Indexing::add) hashes.name = FieldIndex::hash_name(name, kind.token);
    name_index = index_.find_name(name, kind.token, hashes.name);
  }
  if (kind.indexing == Indexing::add) {
    if (!index_.prepare() || !table_.insert(name, value, kind.token)) return nullptr;
    index_.add_newest(hashes, slot);
    out = write_integer(out, 0x40, 6, name_index);
  } else {
    out = write_integer(out, kind.indexing == Indexing::never ? 0x10 : 0x00, 4, name_index);
  }
  if (name_index == 0) out = write_name(out, room_end, name);
  return write_string(out, room_end, value);
}

// A field that is not the last indexed one of its name. Returns the end, or nullptr when there is
// no memory for the table.
[[gnu::noinline]] uint8_t* Deflater::encode_field(uint8_t* out, const uint8_t* room_end,
                                                  const FieldView& view, NameSlot slot) {
  const Bytes name = {view.name, view.namelen};
  const Bytes value = {view.value, view.valuelen};
  const Token token = token_of(name, slot);
  const FieldKind kind = {token, view.flags & kFieldNoIndex
                                     ? Indexing::never
                                     : indexing_of(token, name, value, table_.max_size())};
  if (may_have_static_value(token, value) && kind.indexing != Indexing::never) {
    if (const uint32_t index = find_static(token, value)) {
      return write_integer(out, 0x80, 7, index);
    }
  }
  FieldIndex::Hashes hashes{};
  if (kind.indexing == Indexing::add) {
    hashes.name = FieldIndex::hash_name(name, token);
    hashes.field = FieldIndex::hash_field(hashes.name, value);
    index_.restore();
    if (const uint32_t index = index_.find_field(name, value, token, hashes.field)) {
      index_.note(slot, index);
      return write_integer(out, 0x80, 7, index);
    }
  }
  return write_literal(out, room_end, view, kind, hashes, slot);
}

// Takes the fields off the front of the list that certainly fit, and returns the end of what it
// has written.
Result<uint8_t*> Deflater::encode_while_room(MutableBytes room, Slice<const FieldView>& fields) {
  uint8_t* out = room.begin();
  const uint8_t* const room_end = room.end();
  const FieldView* field = fields.begin();
  const FieldView* const end = fields.end();
  for (; field != end && size_t(room_end - out) >= field_bound(*field); ++field) {
    const Bytes name = {field->name, field->namelen};
    const NameSlot slot = name_slot(name);
    const uint32_t index = field->flags & kFieldNoIndex
                               ? 0
                               : index_.guess(name, {field->value, field->valuelen}, slot);
    if (index != 0) {
      out = write_integer(out, 0x80, 7, index);
    } else {
      out = encode_field(out, room_end, *field, slot);
      if (!out) return Status::no_memory;
    }
  }
  fields = {field, size_t(end - field)};
  return out;
}

void Deflater::release_memory() {
  index_.release_memory();
  table_.shrink_to_fit();
}

size_t Deflater::entry_count() const {
  return kStaticEntryCount + table_.count();
}

const FieldView* Deflater::entry(size_t index) {
  if (index == 0 || index > entry_count()) return nullptr;
  if (index <= kStaticEntryCount) return &kStaticFields[index - 1];
  return table_.view_at_age(uint32_t(index - kStaticEntryCount - 1));
}

}  // namespace nghttp2::hpack
