// SPDX-License-Identifier: MIT
// Cuts a byte stream into frames (RFC 9113 §4.1): an incremental pull parser of three states.
#pragma once

#include "base/bytes.h"
#include "base/status.h"
#include "base/vec.h"
#include "frame/rules.h"

namespace nghttp2::frame {

// The caller asks next() for one event after the other. After `head` it says with accept() how it
// wants the payload, if it wants it. Payloads are lent from the input wherever they lie in it in
// one piece.
class Reader {
 public:
  enum class Event : uint8_t {
    need_more,  // the input is used up
    head,       // head() is complete; accept() may follow
    prefix,     // the pad length and the fixed fields have arrived
    chunk,      // chunk() is a part of the payload, chunk_padding() what padding came with it
    skipped,    // chunk() is payload that accept() declined, padding included
    end,        // the frame is over; for Delivery::whole payload() is all of it, else nothing
  };

  explicit Reader(const Allocator& allocator) : whole_(allocator) {}

  // Consumes bytes from the front of input up to the next event. Nothing when memory is lacking.
  Result<Event> next(Bytes& input);

  // How the payload shall be delivered; without this call it is skipped. A Pad Length field and
  // fixed_size further bytes (at most kMaxFixed) are collected before the first chunk and reported
  // by the `prefix` event. The payload must be long enough for them.
  void accept(Delivery delivery, bool padded = false, size_t fixed_size = 0);
  // The rest of the payload is wanted no more: it is reported as `skipped`.
  void skip_rest();
  // The caller did not use the last count bytes of the last chunk: they will be given again, as
  // will the padding behind it, also if count is 0.
  void unread(Bytes& input, size_t count);

  // Between two frames: gives memory back that the last one has needed. Its payload ends.
  void release_memory();

  const FrameHead& head() const { return head_; }
  Bytes chunk() const { return chunk_; }
  // Padding that lay behind the chunk in the input and has been consumed as well.
  size_t chunk_padding() const { return chunk_padding_; }
  Bytes payload() const { return payload_; }
  // The fixed fields, without the Pad Length.
  Bytes fixed() const { return {prefix_ + padded_, size_t(prefix_size_ - padded_)}; }
  // Pad Length field included, 0 if the frame is not padded.
  size_t padding_size() const { return padded_ ? size_t(prefix_[0]) + 1 : 0; }
  // Whether the padding fits into the payload (RFC 9113 §6.1); known after `prefix`.
  bool is_padding_valid() const { return !padded_ || prefix_[0] <= head_.length - prefix_size_; }
  // Payload bytes, with padding, that have not been delivered or skipped yet.
  size_t remaining() const { return remaining_ + padding_; }
  // Inside a frame: some of its bytes have been consumed, but not all.
  bool is_inside_frame() const { return state_ != State::head || collected_ > 0; }

  static constexpr size_t kMaxFixed = 5;

 private:
  enum class State : uint8_t { head, prefix, body };
  enum class Mode : uint8_t { whole, stream, skip };

  Result<Event> collect_whole(Bytes& input);
  Event deliver(Bytes& input);
  Event skip(Bytes& input);
  bool collect(Bytes& input, uint8_t* into, size_t size);

  FrameHead head_{};
  Bytes chunk_;
  Bytes payload_;
  Vec<uint8_t> whole_;
  bool holds_payload_ = false;  // whole_ was the payload of the last frame
  uint32_t remaining_ = 0;      // payload bytes to come, padding excluded
  uint32_t padding_ = 0;        // padding bytes to come
  uint32_t chunk_padding_ = 0;
  State state_ = State::head;
  Mode mode_ = Mode::skip;
  uint8_t collected_ = 0;
  uint8_t prefix_size_ = 0;
  uint8_t padded_ = 0;
  uint8_t head_bytes_[kFrameHeadSize];
  uint8_t prefix_[kMaxFixed + 1];
};

}  // namespace nghttp2::frame
