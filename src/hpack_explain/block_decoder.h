// SPDX-License-Identifier: MIT
// Decodes header blocks and tells how each field was represented and what it did to the table.
#pragma once

#include <nghttp2/nghttp2.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hpack_explain/representation.h"

namespace hpack_explain {

struct TableEntry {
  std::string name;
  std::string value;

  std::size_t size() const { return name.size() + value.size() + 32; }  // RFC 7541 §4.1
};

// Of the dynamic table.
struct TableState {
  std::size_t entries = 0;
  std::size_t size = 0;
  std::size_t max_size = 0;
};

// One representation and its effect.
struct Step {
  Representation representation;
  TableEntry field;                 // empty for a size update
  bool is_inserted = false;         // into the dynamic table
  std::vector<TableEntry> evicted;  // oldest first
  TableState table;                 // afterwards
};

struct DecodedBlock {
  std::vector<Step> steps;  // as far as the block is good
  std::optional<Malformed> malformed;
  bool is_too_large = false;  // which makes it malformed for us, not for the RFC
  // Not "": the library's decoder and the reader of representations do not say the same.
  std::string disagreement;
};

// The library decodes; the representations are read independently of it, and so is the dynamic
// table kept a second time. What does not agree is reported.
class BlockDecoder {
 public:
  // Fields of one block, with 32 octets for each.
  static constexpr std::size_t kMaxDecodedOctets = 16 * 1024 * 1024;

  explicit BlockDecoder(std::size_t max_decoded_octets = kMaxDecodedOctets);

  // Between blocks: the limit that the encoder has to keep. Returns what is evicted.
  std::vector<TableEntry> change_table_size(std::uint32_t size);
  // After a block that is malformed no other can be decoded.
  DecodedBlock decode(std::span<const std::uint8_t> block);

  nghttp2_hd_inflater* handle() const { return handle_.get(); }
  std::uint32_t table_size() const { return setting_; }
  TableState table() const { return {entries_.size(), size_, max_size_}; }

 private:
  struct Release {
    void operator()(nghttp2_hd_inflater* handle) const { nghttp2_hd_inflate_del(handle); }
  };

  std::string apply(const Representation& one, std::span<const std::uint8_t> block,
                    DecodedBlock& out);
  nghttp2_ssize feed(std::span<const std::uint8_t> piece, bool is_last);
  std::string check_field(const Step& step, std::span<const std::uint8_t> block) const;
  std::optional<TableEntry> entry(std::size_t index) const;
  void insert(Step& step);
  std::vector<TableEntry> shrink(std::size_t max_size);
  bool tables_agree() const;

  std::size_t max_decoded_octets_;
  std::unique_ptr<nghttp2_hd_inflater, Release> handle_;
  nghttp2_nv field_ = {};
  int flags_ = 0;
  std::deque<TableEntry> entries_;  // newest first
  std::size_t size_ = 0;
  std::size_t max_size_ = 4096;
  std::uint32_t setting_ = 4096;
  bool update_due_ = false;
  std::uint32_t update_limit_ = 0;  // of the update that is due: the least setting since
};

}  // namespace hpack_explain
