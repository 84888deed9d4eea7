// SPDX-License-Identifier: MIT
// The header blocks of one direction: put together from frames and decoded (RFC 9113 §4.3).
#pragma once

#include <nghttp2/nghttp2.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hpack_explain/block_decoder.h"
#include "trace/frame.h"

namespace trace {

// A header block whose last frame has come.
struct HeaderBlock {
  FrameHead first;                                 // HEADERS or PUSH_PROMISE
  std::optional<std::int32_t> promised_stream_id;  // of PUSH_PROMISE
  std::size_t length = 0;                          // octets of all fragments
  std::vector<std::uint8_t> octets;                // none if it was too long to keep
  hpack_explain::DecodedBlock decoded;
  hpack_explain::TableState table;  // afterwards
  // Not "": why the block, and any that follows, is not decoded.
  std::string problem;
};

class HeaderBlocks {
 public:
  // What a peer may have us keep: of a block on the wire, and of its fields, 32 octets more for
  // each.
  static constexpr std::size_t kMaxBlockOctets = 256 * 1024;
  static constexpr std::size_t kMaxFieldOctets = 320 * 1024;

  HeaderBlocks() : decoder_(kMaxFieldOctets) {}

  // Whether a frame goes on with a block that has not ended; or should, but does not.
  bool continues(const FrameHead& head) const;
  bool interrupts(const FrameHead& head) const { return block_ && !continues(head); }

  // Adds the fragment of a frame; what is not part of a block is left alone. Returns the block that
  // ends here.
  std::optional<HeaderBlock> add(const Frame& frame, const Parts& parts);

  // SETTINGS_HEADER_TABLE_SIZE has come into force.
  void change_table_size(std::uint32_t size);

 private:
  void decode(HeaderBlock& block);

  hpack_explain::BlockDecoder decoder_;
  std::optional<HeaderBlock> block_;
  std::string problem_;
};

}  // namespace trace
