// SPDX-License-Identifier: MIT
// Frames to bytes, one function each, appended to a buffer (RFC 9113 §4.1, §6). A function that
// returns no_memory has left the buffer as it was.
#pragma once

#include "base/buffer.h"
#include "base/status.h"
#include "frame/frames.h"

namespace nghttp2::frame {

// Writes nine octets; the reserved bit is always sent as zero.
void write_head(uint8_t* to, const FrameHead& head);
// Writes five octets (RFC 7540 §6.3).
void write_priority_spec(uint8_t* to, const PrioritySpec& spec);
// Writes six octets for each entry.
void write_settings_payload(uint8_t* to, Slice<const SettingsEntry> entries);

[[nodiscard]] Status write_priority(Buffer& out, int32_t stream_id, const PrioritySpec& spec);
[[nodiscard]] Status write_rst_stream(Buffer& out, int32_t stream_id, uint32_t error_code);
[[nodiscard]] Status write_settings(Buffer& out, Slice<const SettingsEntry> entries);
[[nodiscard]] Status write_settings_ack(Buffer& out);
[[nodiscard]] Status write_ping(Buffer& out, const Ping& ping, bool ack);
[[nodiscard]] Status write_goaway(Buffer& out, const Goaway& goaway);
[[nodiscard]] Status write_window_update(Buffer& out, int32_t stream_id, int32_t increment);
[[nodiscard]] Status write_altsvc(Buffer& out, int32_t stream_id, const Altsvc& altsvc);
[[nodiscard]] Status write_origin(Buffer& out, Slice<const OriginEntry> origins);
[[nodiscard]] Status write_priority_update(Buffer& out, const PriorityUpdate& update);
[[nodiscard]] Status write_extension(Buffer& out, const FrameHead& head, Bytes payload);

// Writes the head of a DATA frame with room for its content: the Pad Length octet, if there is
// padding, stands before the content and the zeros behind it (RFC 9113 §6.1).
struct DataFrame {
  int32_t stream_id = 0;
  bool end_stream = false;
  size_t content = 0;  // octets
  size_t padding = 0;  // octets in all, 0 to 256; the Pad Length octet is one of them
};
// The head and the Pad Length octet into `to`, which has room for kDataHeadSize; how many octets
// that were.
inline constexpr size_t kDataHeadSize = kFrameHeadSize + 1;
size_t write_data_head(uint8_t* to, const DataFrame& frame);
// The zeros behind the content.
inline size_t data_tail_bytes(const DataFrame& frame) {
  return frame.padding > 0 ? frame.padding - 1 : 0;
}

// HEADERS or PUSH_PROMISE with the CONTINUATION frames that one header block needs. The block is
// encoded in place: begin leaves room for what stands before it, the caller appends the block,
// finish writes the heads, adds padding and splits what is larger than one frame may be.
struct HeaderFrame {
  FrameType type = FrameType::headers;
  int32_t stream_id = 0;
  bool end_stream = false;
  const PrioritySpec* priority = nullptr;  // of HEADERS; none: no such field and flag
  int32_t promised_stream_id = 0;          // of PUSH_PROMISE
};
// The octets between the head and the block.
size_t header_fixed_size(const HeaderFrame& frame);
// Reserves room at the end of `out`.
[[nodiscard]] Status begin_header_frame(Buffer& out, const HeaderFrame& frame);
// `start` is the size that `out` had at begin. `padding` counts as in DataFrame and is only allowed
// for a block that fits into one frame together with it. On no_memory the buffer is cut at start.
[[nodiscard]] Status finish_header_frame(Buffer& out, size_t start, const HeaderFrame& frame,
                                         size_t padding, size_t max_frame_size);

}  // namespace nghttp2::frame
