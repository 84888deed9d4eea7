// SPDX-License-Identifier: MIT
// Cuts a byte stream into frames (RFC 9113 §4.1).
#include "frame/reader.h"

#include <algorithm>

#include "base/check.h"

namespace nghttp2::frame {
namespace {

Bytes take(Bytes& input, size_t count) {
  const Bytes taken = input.first(count);
  input = input.from(count);
  return taken;
}

}  // namespace

Result<Reader::Event> Reader::next(Bytes& input) {
  switch (state_) {
    case State::head:
      // An idle connection shall not hold the memory of the last frame that came in pieces.
      if (holds_payload_) whole_.reset();
      holds_payload_ = false;
      if (collected_ == 0 && input.size() >= kFrameHeadSize) {
        head_ = parse_head(take(input, kFrameHeadSize).data());
      } else if (collect(input, head_bytes_, kFrameHeadSize)) {
        head_ = parse_head(head_bytes_);
      } else {
        return Event::need_more;
      }
      collected_ = 0;
      // Until accept() says otherwise.
      mode_ = Mode::skip;
      padded_ = prefix_size_ = 0;
      payload_ = {};
      remaining_ = head_.length;
      padding_ = 0;
      state_ = State::body;
      return Event::head;
    case State::prefix:
      if (!collect(input, prefix_, prefix_size_)) return Event::need_more;
      collected_ = 0;
      remaining_ -= prefix_size_;
      padding_ = padded_ ? std::min<uint32_t>(prefix_[0], remaining_) : 0;
      remaining_ -= padding_;
      state_ = State::body;
      return Event::prefix;
    case State::body:
      if (mode_ == Mode::whole) return collect_whole(input);
      if (remaining_ + padding_ == 0) {
        state_ = State::head;
        return Event::end;
      }
      if (input.empty()) return Event::need_more;
      return mode_ == Mode::stream ? deliver(input) : skip(input);
  }
  H2_UNREACHABLE();
}

void Reader::accept(Delivery delivery, bool padded, size_t fixed_size) {
  H2_ASSERT(fixed_size <= kMaxFixed && padded + fixed_size <= head_.length);
  mode_ = delivery == Delivery::whole ? Mode::whole : Mode::stream;
  padded_ = padded;
  prefix_size_ = uint8_t(fixed_size + padded);
  if (prefix_size_ > 0) state_ = State::prefix;
}

void Reader::skip_rest() {
  mode_ = Mode::skip;
}

void Reader::unread(Bytes& input, size_t count) {
  H2_ASSERT(count <= chunk_.size());
  input = {input.data() - chunk_padding_ - count, input.size() + chunk_padding_ + count};
  remaining_ += uint32_t(count);
  padding_ += chunk_padding_;
  chunk_ = chunk_.first(chunk_.size() - count);
}

Result<Reader::Event> Reader::collect_whole(Bytes& input) {
  if (whole_.empty() && input.size() >= remaining_) {
    payload_ = take(input, remaining_);
  } else {
    const size_t count = std::min<size_t>(input.size(), remaining_ - whole_.size());
    if (!whole_.append(input.first(count))) return Status::no_memory;
    input = input.from(count);
    if (whole_.size() < remaining_) return Event::need_more;
    payload_ = whole_.slice();
    holds_payload_ = true;
  }
  remaining_ = 0;
  state_ = State::head;
  return Event::end;
}

Reader::Event Reader::deliver(Bytes& input) {
  chunk_ = take(input, std::min<size_t>(remaining_, input.size()));
  remaining_ -= uint32_t(chunk_.size());
  chunk_padding_ = remaining_ > 0 ? 0 : uint32_t(std::min<size_t>(padding_, input.size()));
  take(input, chunk_padding_);
  padding_ -= chunk_padding_;
  return Event::chunk;
}

Reader::Event Reader::skip(Bytes& input) {
  chunk_ = take(input, std::min<size_t>(remaining_ + padding_, input.size()));
  const uint32_t count = uint32_t(chunk_.size());
  const uint32_t of_padding = count > remaining_ ? count - remaining_ : 0;
  remaining_ -= count - of_padding;
  padding_ -= of_padding;
  return Event::skipped;
}

bool Reader::collect(Bytes& input, uint8_t* into, size_t size) {
  const size_t count = std::min(input.size(), size - collected_);
  copy_bytes(into + collected_, take(input, count));
  collected_ += uint8_t(count);
  return collected_ == size;
}

void Reader::release_memory() {
  if (is_inside_frame()) return;
  whole_.reset();
  holds_payload_ = false;
  payload_ = {};
}

}  // namespace nghttp2::frame
