// SPDX-License-Identifier: MIT
// Decodes header blocks and tells how each field was represented and what it did to the table.
#include "hpack_explain/block_decoder.h"

#include <new>

#include "base/number.h"

namespace hpack_explain {

namespace {

using Kind = Representation::Kind;

std::string_view text_at(std::span<const std::uint8_t> block, const CodedString& string) {
  return {reinterpret_cast<const char*>(block.data()) + string.begin, string.length};
}

// RFC 7541 §5.2: all that can be wrong with a string that is there.
Malformed bad_huffman(const CodedString& string, const char* what) {
  return {string.begin,
          std::string("the Huffman code of the ") + what +
              " is invalid: EOS in it, or padding that is too long or not all ones",
          "5.2"};
}

}  // namespace

BlockDecoder::BlockDecoder(std::size_t max_decoded_octets)
    : max_decoded_octets_(max_decoded_octets) {
  nghttp2_hd_inflater* handle = nullptr;
  if (nghttp2_hd_inflate_new(&handle) != 0) throw std::bad_alloc();
  handle_.reset(handle);
}

std::vector<TableEntry> BlockDecoder::change_table_size(std::uint32_t size) {
  if (nghttp2_hd_inflate_change_table_size(handle_.get(), size) != 0) throw std::bad_alloc();
  setting_ = size;
  if (size >= max_size_) return {};
  update_due_ = true;
  update_limit_ = size;
  return shrink(size);
}

DecodedBlock BlockDecoder::decode(std::span<const std::uint8_t> block) {
  DecodedBlock out;
  ReadingState state;
  state.must_update = update_due_;
  std::size_t decoded = 0;
  for (std::size_t at = 0; at < block.size();) {
    state.entries = kStaticEntries + entries_.size();
    state.max_max_size = update_due_ ? update_limit_ : setting_;
    RepresentationReader reader(block, state);
    const auto one = reader.read(at);
    if (!one) {
      out.malformed = reader.malformed();
      if (feed(block.subspan(at), true) >= 0) out.disagreement = "the library takes this";
      return out;
    }
    out.disagreement = apply(*one, block, out);
    if (!out.disagreement.empty() || out.malformed) return out;
    state.must_update = update_due_ = false;
    state.may_update = !one->is_field();
    at = one->end;
    if (one->is_field()) decoded += out.steps.back().field.size();
    if (decoded > max_decoded_octets_) {
      out.is_too_large = true;
      out.malformed = {at,
                       "the fields of the block take more than " +
                           base::format_size(max_decoded_octets_) + " of memory",
                       "7.3"};
      return out;
    }
  }
  const bool is_complete = feed({}, true) == 0 && (flags_ & NGHTTP2_HD_INFLATE_FINAL) != 0;
  if (update_due_) {
    out.malformed = {0, "a size update is due, as the table became smaller", "4.2"};
    if (is_complete) out.disagreement = "the library takes this";
  } else if (!is_complete) {
    out.disagreement = "the library does not take the end of the block";
  }
  if (is_complete) nghttp2_hd_inflate_end_headers(handle_.get());
  return out;
}

// Decodes one representation and adds a step. Returns what is not as the reader has it.
std::string BlockDecoder::apply(const Representation& one, std::span<const std::uint8_t> block,
                                DecodedBlock& out) {
  Step step;
  step.representation = one;
  const std::size_t name_end =
      one.has_literal_name() ? one.name.begin + one.name.length : one.begin;
  const auto name_part = block.subspan(one.begin, name_end - one.begin);
  const auto rest = block.subspan(name_end, one.end - name_end);
  // The name alone first, to learn which of the strings is bad.
  if (feed(name_part, false) < 0) {
    if (!one.name.is_huffman) return "the library rejects a good name";
    out.malformed = bad_huffman(one.name, "name");
    return {};
  }
  const nghttp2_ssize used = feed(rest, false);
  if (used < 0) {
    if (!one.is_literal() || !one.value.is_huffman) return "the library rejects a good octet";
    out.malformed = bad_huffman(one.value, "value");
    return {};
  }
  const bool is_field = (flags_ & NGHTTP2_HD_INFLATE_EMIT) != 0;
  if (static_cast<std::size_t>(used) != rest.size() || is_field != one.is_field()) {
    return "the library sees another end of a representation";
  }
  if (is_field) {
    step.field.name.assign(reinterpret_cast<const char*>(field_.name), field_.namelen);
    step.field.value.assign(reinterpret_cast<const char*>(field_.value), field_.valuelen);
    if (auto problem = check_field(step, block); !problem.empty()) return problem;
  }
  if (one.kind == Kind::added) insert(step);
  if (one.kind == Kind::max_size_update) step.evicted = shrink(one.max_size);
  step.table = table();
  out.steps.push_back(std::move(step));
  return tables_agree() ? "" : "the library has another dynamic table";
}

nghttp2_ssize BlockDecoder::feed(std::span<const std::uint8_t> piece, bool is_last) {
  flags_ = 0;
  if (piece.empty() && !is_last) return 0;
  const nghttp2_ssize used = nghttp2_hd_inflate_hd3(handle_.get(), &field_, &flags_, piece.data(),
                                                    piece.size(), is_last ? 1 : 0);
  if (used == NGHTTP2_ERR_NOMEM) throw std::bad_alloc();
  return used;
}

// Compares the field that the library has decoded with what the wire and the tables have.
std::string BlockDecoder::check_field(const Step& step, std::span<const std::uint8_t> block) const {
  const Representation& one = step.representation;
  const bool is_never_indexed = (field_.flags & NGHTTP2_NV_FLAG_NO_INDEX) != 0;
  if (is_never_indexed != (one.kind == Kind::never_added)) return "never indexed, or not?";
  if (one.index != 0) {
    const auto origin = entry(one.index);
    if (!origin || origin->name != step.field.name) return "the library has another name";
    if (one.kind == Kind::indexed && origin->value != step.field.value) {
      return "the library has another value";
    }
  } else if (!one.name.is_huffman && text_at(block, one.name) != step.field.name) {
    return "the library has another name";
  }
  if (one.is_literal() && !one.value.is_huffman && text_at(block, one.value) != step.field.value) {
    return "the library has another value";
  }
  return {};
}

std::optional<TableEntry> BlockDecoder::entry(std::size_t index) const {
  if (index > kStaticEntries) {
    const std::size_t age = index - kStaticEntries - 1;
    return age < entries_.size() ? std::optional(entries_[age]) : std::nullopt;
  }
  const nghttp2_nv* view = nghttp2_hd_inflate_get_table_entry(handle_.get(), index);
  if (view == nullptr) return std::nullopt;
  return TableEntry{{reinterpret_cast<const char*>(view->name), view->namelen},
                    {reinterpret_cast<const char*>(view->value), view->valuelen}};
}

// RFC 7541 §4.4: a field that is larger than the table empties it.
void BlockDecoder::insert(Step& step) {
  const std::size_t size = step.field.size();
  const std::size_t limit = max_size_;
  step.is_inserted = size <= limit;
  step.evicted = shrink(step.is_inserted ? limit - size : 0);
  max_size_ = limit;
  if (!step.is_inserted) return;
  entries_.push_front(step.field);
  size_ += size;
}

// RFC 7541 §4.3.
std::vector<TableEntry> BlockDecoder::shrink(std::size_t max_size) {
  max_size_ = max_size;
  std::vector<TableEntry> evicted;
  while (size_ > max_size_) {
    size_ -= entries_.back().size();
    evicted.push_back(std::move(entries_.back()));
    entries_.pop_back();
  }
  return evicted;
}

bool BlockDecoder::tables_agree() const {
  nghttp2_hd_inflater* handle = handle_.get();
  return nghttp2_hd_inflate_get_num_table_entries(handle) == kStaticEntries + entries_.size() &&
         nghttp2_hd_inflate_get_dynamic_table_size(handle) == size_ &&
         nghttp2_hd_inflate_get_max_dynamic_table_size(handle) == max_size_;
}

}  // namespace hpack_explain
