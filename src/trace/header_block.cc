// SPDX-License-Identifier: MIT
// The header blocks of one direction: put together from frames and decoded.
#include "trace/header_block.h"

#include <utility>

namespace trace {

bool HeaderBlocks::continues(const FrameHead& head) const {
  return block_ && head.type == NGHTTP2_CONTINUATION && block_->first.stream_id == head.stream_id;
}

std::optional<HeaderBlock> HeaderBlocks::add(const Frame& frame, const Parts& parts) {
  const FrameHead& head = frame.head;
  if (interrupts(head)) {
    // The table is in a state that nobody knows.
    problem_ = "a header block before was not complete";
    block_.reset();
  }
  const bool continues = head.type == NGHTTP2_CONTINUATION;
  if (!continues && head.type != NGHTTP2_HEADERS && head.type != NGHTTP2_PUSH_PROMISE) {
    return std::nullopt;
  }
  if (continues && !block_) return std::nullopt;
  if (!continues) {
    block_.emplace();
    block_->first = head;
    block_->promised_stream_id = parts.promised_stream_id;
  }
  if (!frame.is_complete() || parts.is_too_short || parts.is_padding_too_long) {
    problem_ = "a frame of a header block was malformed";
  }
  HeaderBlock& block = *block_;
  block.length += parts.content.size();
  if (block.length > kMaxBlockOctets) {
    problem_ = "a header block was longer than " + std::to_string(kMaxBlockOctets) + " octets";
    block.octets = {};
  } else {
    block.octets.insert(block.octets.end(), parts.content.begin(), parts.content.end());
  }
  if (!head.has(NGHTTP2_FLAG_END_HEADERS)) return std::nullopt;
  decode(block);
  return std::exchange(block_, std::nullopt);
}

void HeaderBlocks::decode(HeaderBlock& block) {
  block.problem = problem_;
  if (problem_.empty()) {
    block.decoded = decoder_.decode(block.octets);
    if (block.decoded.is_too_large) {
      block.problem = problem_ = block.decoded.malformed->reason;
    } else if (block.decoded.malformed) {
      problem_ = "a header block before was malformed";
    } else if (!block.decoded.disagreement.empty()) {
      block.problem = problem_ = block.decoded.disagreement;
    }
  }
  block.table = decoder_.table();
}

void HeaderBlocks::change_table_size(std::uint32_t size) {
  if (problem_.empty()) decoder_.change_table_size(size);
}

}  // namespace trace
