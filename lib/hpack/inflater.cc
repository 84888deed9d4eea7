// SPDX-License-Identifier: MIT
// Decodes header blocks: one stage for each part of a representation (RFC 7541 §6).
#include "hpack/inflater.h"

#include "base/check.h"
#include "hpack/token.h"

namespace nghttp2::hpack {
namespace {

// Of an encoded name or value. Longer ones are nothing that a peer in good faith sends.
constexpr uint32_t kMaxStringOctets = 65536;
// More memory than this is given back after each block.
constexpr size_t kKeptStringOctets = 4096;

}  // namespace

Result<Inflater::Step> Inflater::next(Bytes& input, bool last) {
  if (name_handle_ || value_handle_) release_handles();
  for (;;) {
    switch (advance(input)) {
      case Progress::proceed: continue;
      case Progress::field: return Step::field;
      case Progress::need_more:
        if (!last) return Step::need_more;
        if (stage_ == Stage::representation || stage_ == Stage::block_start) return Step::done;
        [[fallthrough]];
      case Progress::corrupt: stage_ = Stage::failed; return Status::header_compression;
      case Progress::no_memory: stage_ = Stage::failed; return Status::no_memory;
    }
  }
}

Inflater::Progress Inflater::advance(Bytes& input) {
  switch (stage_) {
    case Stage::block_start:
    case Stage::size_update_due:
    case Stage::representation: return read_representation(input);
    case Stage::size_update: return finish_size_update(integer_.resume(input, max_update()));
    case Stage::index: return finish_index(integer_.resume(input, max_index()));
    case Stage::name_index: return finish_name_index(integer_.resume(input, max_index()));
    case Stage::name_length:
    case Stage::value_length: return read_length(input);
    case Stage::name:
    case Stage::value: return read_string(input);
    case Stage::failed: break;
  }
  return Progress::corrupt;
}

Inflater::Progress Inflater::read_representation(Bytes& input) {
  if (input.empty()) return Progress::need_more;
  const uint8_t octet = input[0];
  input = input.from(1);
  if ((octet & 0xe0) == 0x20) return begin_size_update(octet, input);
  if (stage_ == Stage::size_update_due) return Progress::corrupt;
  if ((octet & 0x80) == 0) return begin_literal(octet, input);
  stage_ = Stage::index;
  return finish_index(integer_.start(octet, 7, max_index(), input));
}

Inflater::Progress Inflater::begin_size_update(uint8_t octet, Bytes& input) {
  // RFC 7541 §4.2: only at the beginning of a block.
  if (stage_ == Stage::representation) return Progress::corrupt;
  stage_ = Stage::size_update;
  return finish_size_update(integer_.start(octet, 5, max_update(), input));
}

Inflater::Progress Inflater::begin_literal(uint8_t octet, Bytes& input) {
  add_to_table_ = (octet & 0xc0) == 0x40;
  never_index_ = (octet & 0xf0) == 0x10;
  strings_.clear();
  stage_ = Stage::name_index;
  return finish_name_index(integer_.start(octet, add_to_table_ ? 6 : 4, max_index(), input));
}

Inflater::Progress Inflater::finish_size_update(Outcome outcome) {
  if (outcome == Outcome::need_more) return Progress::need_more;
  if (outcome == Outcome::invalid) return Progress::corrupt;
  table_.set_max_size(integer_.value());
  update_limit_ = UINT32_MAX;
  stage_ = Stage::block_start;
  return Progress::proceed;
}

Inflater::Progress Inflater::finish_index(Outcome outcome) {
  if (outcome == Outcome::need_more) return Progress::need_more;
  if (outcome == Outcome::invalid || integer_.value() == 0) return Progress::corrupt;
  set_field(integer_.value());
  field_.never_index = false;
  stage_ = Stage::representation;
  return Progress::field;
}

Inflater::Progress Inflater::finish_name_index(Outcome outcome) {
  if (outcome == Outcome::need_more) return Progress::need_more;
  if (outcome == Outcome::invalid) return Progress::corrupt;
  name_is_literal_ = integer_.value() == 0;
  if (name_is_literal_) {
    stage_ = Stage::name_length;
  } else {
    set_field(integer_.value());
    stage_ = Stage::value_length;
  }
  integer_.expect();
  return Progress::proceed;
}

Inflater::Progress Inflater::read_length(Bytes& input) {
  Outcome outcome;
  if (integer_.awaits_prefix()) {
    if (input.empty()) return Progress::need_more;
    const uint8_t octet = input[0];
    input = input.from(1);
    is_huffman_ = octet & 0x80;
    outcome = integer_.start(octet, 7, kMaxStringOctets, input);
  } else {
    outcome = integer_.resume(input, kMaxStringOctets);
  }
  if (outcome == Outcome::invalid) return Progress::corrupt;
  if (outcome == Outcome::need_more) return Progress::need_more;
  string_left_ = integer_.value();
  in_pieces_ = false;
  stage_ = stage_ == Stage::name_length ? Stage::name : Stage::value;
  return read_string(input);
}

Inflater::Progress Inflater::read_string(Bytes& input) {
  const size_t available = string_left_ < input.size() ? string_left_ : input.size();
  if (available == 0 && string_left_ != 0) return Progress::need_more;
  const Bytes part = input.first(available);
  if (is_huffman_) {
    if (!strings_.reserve(huffman_decoded_room(part.size()) + 1)) return Progress::no_memory;
    uint8_t* const end = decode_part(part, input.end());
    if (!end) return Progress::corrupt;
    strings_.commit(size_t(end - strings_.tail()));
  } else {
    if (!strings_.reserve(part.size() + 1)) return Progress::no_memory;
    copy_bytes(strings_.tail(), part);
    strings_.commit(part.size());
  }
  input = input.from(available);
  string_left_ -= uint32_t(available);
  if (string_left_ != 0) return Progress::need_more;

  *strings_.tail() = 0;
  strings_.commit(1);
  if (stage_ == Stage::value) return finish_literal();
  name_length_ = uint32_t(strings_.size() - 1);
  integer_.expect();
  stage_ = Stage::value_length;
  return Progress::proceed;
}

// Appends to strings_, in which there is room, and returns the end; nullptr for an invalid code.
uint8_t* Inflater::decode_part(Bytes part, const uint8_t* readable_end) {
  if (!in_pieces_) {
    if (part.size() == string_left_) return huffman_decode(part, readable_end, strings_.tail());
    in_pieces_ = true;
    huffman_.start();
  }
  uint8_t* const end = huffman_.feed(part, strings_.tail());
  return part.size() == string_left_ && !huffman_.is_complete() ? nullptr : end;
}

Inflater::Progress Inflater::finish_literal() {
  const Bytes strings = strings_.bytes();
  if (name_is_literal_) {
    field_.name = strings.first(name_length_);
    field_.token = token_of(field_.name);
    field_.value = strings.from(name_length_ + 1);
  } else {
    field_.value = strings;
  }
  field_.value = field_.value.first(field_.value.size() - 1);
  field_.never_index = never_index_;
  static_value_ = 0;
  stage_ = Stage::representation;
  if (add_to_table_) {
    if (!table_.insert(field_.name, field_.value, field_.token)) return Progress::no_memory;
    // The name may have moved, together with the entry that it was found in.
    if (table_.count() != 0) field_ = table_.at_age(0);
  }
  return Progress::field;
}

void Inflater::set_field(uint32_t index) {
  if (index <= kStaticEntryCount) {
    const FieldView& view = kStaticFields[index - 1];
    field_.name = {view.name, view.namelen};
    field_.value = {view.value, view.valuelen};
    field_.token = kStaticTokens[index - 1];
    static_value_ = index;
  } else {
    field_ = table_.at_age(index - kStaticEntryCount - 1);
    static_value_ = 0;
  }
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
  if (strings_.size() + strings_.room() > kKeptStringOctets) strings_.reset();
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
