// SPDX-License-Identifier: MIT
// Decodes header blocks: one stage for each part of a representation (RFC 7541 §6).
#include "hpack/inflater.h"

#include "hpack/token.h"
#include "hpack/word_access.h"

namespace nghttp2::hpack {
namespace {

// Of an encoded name or value. Longer ones are nothing that a peer in good faith sends.
constexpr uint32_t kMaxStringOctets = 65536;

}  // namespace

// The members below are the steps of one hot path: they are defined in the reverse order of their
// use and merge into decode().

[[gnu::always_inline]] inline Inflater::Progress Inflater::finish_literal() {
  // Only now does the memory of the table stay where it is.
  const uint8_t* value = table_.tail();
  if (name_is_in_tail_) {
    field_.name = {value, name_length_};
    value += name_length_ + 1;
    if (name_index_ == 0) field_.token = token_of(field_.name);
  } else {
    set_field(name_index_);
  }
  field_.value = {value, size_t(table_.tail() + tail_used_ - 1 - value)};
  field_.never_index = never_index_;
  field_.marks = 0;
  static_value_ = 0;
  entry_number_ = 0;
  stage_ = Stage::representation;
  if (!add_to_table_) return Progress::field;
  if (!table_.add_tail(field_.name.size(), field_.value.size(), field_.token)) {
    return Progress::no_memory;
  }
  // A literal larger than the table has only emptied it.
  if (table_.count() != 0) entry_number_ = table_.last_number();
  return Progress::field;
}

// Appends to the tail, in which there is room, and returns the end; nullptr for an invalid code.
[[gnu::always_inline]] inline uint8_t* Inflater::decode_part(Bytes part,
                                                             const uint8_t* readable_end) {
  uint8_t* const out = table_.tail() + tail_used_;
  if (!in_pieces_) {
    if (part.size() == string_left_) return huffman_decode(part, readable_end, out);
    in_pieces_ = true;
    huffman_.start();
  }
  uint8_t* const end = huffman_.feed(part, out);
  return part.size() == string_left_ && !huffman_.is_complete() ? nullptr : end;
}

[[gnu::always_inline]] inline Inflater::Progress Inflater::read_string(Cursor& input) {
  const size_t available = string_left_ < input.left() ? string_left_ : input.left();
  const Bytes part = {input.at, available};
  const size_t room = is_huffman_ ? huffman_decoded_room(available) : available;
  if (!table_.reserve_tail(tail_used_, tail_used_ + room + 1)) return Progress::no_memory;
  uint8_t* const end = is_huffman_ ? decode_part(part, input.end)
                                   : copy_octets(table_.tail() + tail_used_, input.at, available);
  if (!end) return Progress::corrupt;
  tail_used_ = uint32_t(end - table_.tail());
  input.at += available;
  string_left_ -= uint32_t(available);
  if (string_left_ != 0) return Progress::need_more;

  *end = 0;
  ++tail_used_;
  if (stage_ == Stage::value) return finish_literal();
  name_length_ = tail_used_ - 1;
  stage_ = Stage::value_length;
  return Progress::proceed;
}

[[gnu::always_inline]] inline Inflater::Progress Inflater::use_length(uint32_t value) {
  string_left_ = value;
  in_pieces_ = false;
  const bool is_name = stage_ == Stage::name_length || stage_ == Stage::name_length_rest;
  stage_ = is_name ? Stage::name : Stage::value;
  return Progress::proceed;
}

[[gnu::always_inline]] inline Inflater::Progress Inflater::read_length(Cursor& input) {
  if (input.empty()) return Progress::need_more;
  const uint8_t octet = *input.at++;
  is_huffman_ = octet & 0x80;
  const uint32_t value = octet & prefix_mask(7);
  if (value < prefix_mask(7)) return use_length(value);
  integer_.start(7);
  stage_ = stage_ == Stage::name_length ? Stage::name_length_rest : Stage::value_length_rest;
  return Progress::proceed;
}

[[gnu::always_inline]] inline Inflater::Progress Inflater::use_name_index(uint32_t value) {
  tail_used_ = 0;
  name_index_ = value;
  name_is_in_tail_ = value == 0 || add_to_table_;
  stage_ = Stage::name_length;
  if (value == 0) return Progress::proceed;
  if (value > max_index()) return Progress::corrupt;
  stage_ = Stage::value_length;
  if (!add_to_table_) return Progress::proceed;
  set_field(value);
  name_length_ = uint32_t(field_.name.size());
  tail_used_ = name_length_ + 1;
  if (!table_.reserve_tail(0, tail_used_)) return Progress::no_memory;
  // The table may have moved.
  if (value > kStaticEntryCount) set_field(value);
  *copy_octets(table_.tail(), field_.name.data(), name_length_) = 0;
  return Progress::proceed;
}

[[gnu::always_inline]] inline Inflater::Progress Inflater::begin_literal(uint8_t octet) {
  add_to_table_ = octet & 0x40;
  never_index_ = (octet & 0xf0) == 0x10;
  const unsigned prefix_bits = add_to_table_ ? 6 : 4;
  const uint32_t value = octet & prefix_mask(prefix_bits);
  if (value < prefix_mask(prefix_bits)) return use_name_index(value);
  integer_.start(prefix_bits);
  stage_ = Stage::name_index;
  return Progress::proceed;
}

[[gnu::always_inline]] inline Inflater::Progress Inflater::use_index(uint32_t value) {
  if (value == 0 || value > max_index()) return Progress::corrupt;
  set_field(value);
  field_.never_index = false;
  stage_ = Stage::representation;
  return Progress::field;
}

Inflater::Progress Inflater::use_size_update(uint32_t value) {
  if (value > max_update()) return Progress::corrupt;
  table_.set_max_size(value);
  update_limit_ = UINT32_MAX;
  ++size_updates_;
  stage_ = Stage::block_start;
  return Progress::proceed;
}

[[gnu::always_inline]] inline Inflater::Progress Inflater::read_representation(Cursor& input) {
  if (input.empty()) return Progress::need_more;
  const uint8_t octet = *input.at++;
  if (octet & 0x80) {
    if (stage_ == Stage::size_update_due) return Progress::corrupt;
    const uint32_t value = octet & prefix_mask(7);
    if (value < prefix_mask(7)) return use_index(value);
    integer_.start(7);
    stage_ = Stage::index;
    return Progress::proceed;
  }
  if ((octet & 0xe0) != 0x20) {
    return stage_ == Stage::size_update_due ? Progress::corrupt : begin_literal(octet);
  }
  // RFC 7541 §4.2: only at the beginning of a block.
  if (stage_ == Stage::representation) return Progress::corrupt;
  const uint32_t value = octet & prefix_mask(5);
  if (value < prefix_mask(5)) return use_size_update(value);
  integer_.start(5);
  stage_ = Stage::size_update;
  return Progress::proceed;
}

// What remains of an integer that did not fit in its prefix.
[[gnu::always_inline]] inline Inflater::Progress Inflater::read_integer(Cursor& input) {
  uint32_t max = kMaxStringOctets;
  if (stage_ == Stage::index || stage_ == Stage::name_index) max = max_index();
  if (stage_ == Stage::size_update) max = max_update();
  const IntegerReader::Outcome outcome = integer_.resume(input, max);
  if (outcome == IntegerReader::Outcome::need_more) return Progress::need_more;
  if (outcome == IntegerReader::Outcome::invalid) return Progress::corrupt;
  switch (stage_) {
    case Stage::size_update: return use_size_update(integer_.value());
    case Stage::index: return use_index(integer_.value());
    case Stage::name_index: return use_name_index(integer_.value());
    default: return use_length(integer_.value());
  }
}

[[gnu::always_inline]] inline Inflater::Progress Inflater::advance(Cursor& input) {
  switch (stage_) {
    case Stage::block_start:
    case Stage::size_update_due:
    case Stage::representation: return read_representation(input);
    case Stage::size_update:
    case Stage::index:
    case Stage::name_index:
    case Stage::name_length_rest:
    case Stage::value_length_rest: return read_integer(input);
    case Stage::name_length:
    case Stage::value_length: return read_length(input);
    case Stage::name:
    case Stage::value: return read_string(input);
    case Stage::failed: break;
  }
  return Progress::corrupt;
}

Result<Inflater::Step> Inflater::decode(Bytes& input, bool last) {
  if (name_handle_ || value_handle_) release_handles();
  Cursor cursor = {input.begin(), input.end()};
  Progress progress;
  do {
    progress = advance(cursor);
  } while (progress == Progress::proceed);
  input = {cursor.at, cursor.left()};
  if (progress == Progress::field) return Step::field;
  if (progress == Progress::need_more) {
    if (!last) return Step::need_more;
    if (is_between_fields()) return Step::done;
  }
  stage_ = Stage::failed;
  return progress == Progress::no_memory ? Status::no_memory : Status::header_compression;
}

SharedBytes* Inflater::name_handle() {
  if (!name_handle_) {
    // Shared bytes of static strings are never written to.
    name_handle_ = is_static_name(field_.token)
                       ? const_cast<SharedBytes*>(&static_name(field_.token))
                       : SharedBytes::copy_of(*allocator_, field_.name);
  }
  return name_handle_;
}

SharedBytes* Inflater::value_handle() {
  if (!value_handle_) {
    if (field_.value.empty()) {
      value_handle_ = const_cast<SharedBytes*>(&empty_value());
    } else if (static_value_ != 0) {
      value_handle_ = const_cast<SharedBytes*>(&static_value(static_value_));
    } else {
      value_handle_ = SharedBytes::copy_of(*allocator_, field_.value);
    }
  }
  return value_handle_;
}

void Inflater::release_handles() {
  if (name_handle_) name_handle_->decref();
  if (value_handle_) value_handle_->decref();
  name_handle_ = value_handle_ = nullptr;
}

void Inflater::end_block() {
  if (stage_ != Stage::failed) stage_ = Stage::block_start;
  if (name_handle_ || value_handle_) release_handles();
  size_updates_ = 0;
  table_.trim();
}

void Inflater::release_memory() {
  if (stage_ != Stage::block_start && stage_ != Stage::size_update_due) return;
  if (name_handle_ || value_handle_) return;
  field_ = {};
  table_.shrink_to_fit();
}

Status Inflater::change_table_size(size_t settings_max) {
  if (stage_ != Stage::block_start && stage_ != Stage::size_update_due) {
    return Status::invalid_state;
  }
  settings_max_ = settings_max < UINT32_MAX ? uint32_t(settings_max) : UINT32_MAX;
  if (settings_max_ < table_.max_size()) {
    table_.set_max_size(settings_max_);
    update_limit_ = settings_max_;
    stage_ = Stage::size_update_due;
  }
  return Status::ok;
}

size_t Inflater::entry_count() const {
  return max_index();
}

const FieldView* Inflater::entry(size_t index) {
  if (index == 0 || index > entry_count()) return nullptr;
  if (index <= kStaticEntryCount) return &kStaticFields[index - 1];
  return table_.view_at_age(uint32_t(index - kStaticEntryCount - 1));
}

}  // namespace nghttp2::hpack
