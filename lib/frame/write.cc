// SPDX-License-Identifier: MIT
// Frames to bytes.
#include "frame/write.h"

#include "base/check.h"

namespace nghttp2::frame {
namespace {

constexpr size_t kStreamIdSize = 4;

// Appends a head and makes room for its payload, which the caller fills completely. Null when
// there is no memory.
uint8_t* begin_frame(Buffer& out, FrameType type, uint8_t flags, int32_t stream_id, size_t length) {
  H2_ASSERT(length <= kMaxMaxFrameSize);
  if (!out.reserve(kFrameHeadSize + length)) return nullptr;
  uint8_t* to = out.tail();
  write_head(to, {uint32_t(length), stream_id, uint8_t(type), flags});
  out.commit(kFrameHeadSize + length);
  return to + kFrameHeadSize;
}

uint8_t* write_u16_prefixed(uint8_t* to, Bytes bytes) {
  H2_ASSERT(bytes.size() <= 0xffff);
  store_u16(to, uint16_t(bytes.size()));
  return copy_bytes(to + 2, bytes);
}

// The frame at `start`, the last one in `out`, has more payload than a frame may have: moves what
// is too much into CONTINUATION frames. Works from the end, so that each octet moves once.
Status split_header_frame(Buffer& out, size_t start, int32_t stream_id, size_t max_frame_size) {
  size_t end = out.size() - start - kFrameHeadSize - max_frame_size;
  const size_t count = (end + max_frame_size - 1) / max_frame_size;
  if (!out.reserve(count * kFrameHeadSize)) {
    out.truncate(start);
    return Status::no_memory;
  }
  out.commit(count * kFrameHeadSize);
  uint8_t* const rest = out.at(start) + kFrameHeadSize + max_frame_size;
  for (size_t i = count; i-- > 0;) {
    const size_t begin = i * max_frame_size;
    uint8_t* to = rest + begin + (i + 1) * kFrameHeadSize;
    std::memmove(to, rest + begin, end - begin);
    const uint8_t flags = i + 1 == count ? kFlagEndHeaders : kFlagNone;
    write_head(to - kFrameHeadSize,
               {uint32_t(end - begin), stream_id, uint8_t(FrameType::continuation), flags});
    end = begin;
  }
  return Status::ok;
}

}  // namespace

void write_head(uint8_t* to, const FrameHead& head) {
  store_u24(to, head.length);
  to[3] = head.type;
  to[4] = head.flags;
  store_u32(to + 5, uint32_t(head.stream_id) & 0x7fffffff);
}

void write_priority_spec(uint8_t* to, const PrioritySpec& spec) {
  H2_ASSERT(spec.weight >= 1 && spec.weight <= 256);
  store_u32(to, uint32_t(spec.stream_id) & 0x7fffffff);
  if (spec.exclusive) to[0] |= 0x80;
  to[4] = uint8_t(spec.weight - 1);
}

void write_settings_payload(uint8_t* to, Slice<const SettingsEntry> entries) {
  for (const SettingsEntry& entry : entries) {
    store_u16(to, uint16_t(entry.settings_id));
    store_u32(to + 2, entry.value);
    to += kSettingsEntrySize;
  }
}

Status write_priority(Buffer& out, int32_t stream_id, const PrioritySpec& spec) {
  uint8_t* to = begin_frame(out, FrameType::priority, kFlagNone, stream_id, kPrioritySpecSize);
  if (!to) return Status::no_memory;
  write_priority_spec(to, spec);
  return Status::ok;
}

Status write_rst_stream(Buffer& out, int32_t stream_id, uint32_t error_code) {
  uint8_t* to = begin_frame(out, FrameType::rst_stream, kFlagNone, stream_id, 4);
  if (!to) return Status::no_memory;
  store_u32(to, error_code);
  return Status::ok;
}

Status write_settings(Buffer& out, Slice<const SettingsEntry> entries) {
  const size_t length = entries.size() * kSettingsEntrySize;
  uint8_t* to = begin_frame(out, FrameType::settings, kFlagNone, 0, length);
  if (!to) return Status::no_memory;
  write_settings_payload(to, entries);
  return Status::ok;
}

Status write_settings_ack(Buffer& out) {
  return begin_frame(out, FrameType::settings, kFlagAck, 0, 0) ? Status::ok : Status::no_memory;
}

Status write_ping(Buffer& out, const Ping& ping, bool ack) {
  uint8_t* to = begin_frame(out, FrameType::ping, ack ? kFlagAck : kFlagNone, 0, 8);
  if (!to) return Status::no_memory;
  copy_bytes(to, ping.opaque_data);
  return Status::ok;
}

Status write_goaway(Buffer& out, const Goaway& goaway) {
  uint8_t* to = begin_frame(out, FrameType::goaway, kFlagNone, 0, 8 + goaway.debug_data.size());
  if (!to) return Status::no_memory;
  store_u32(to, uint32_t(goaway.last_stream_id));
  store_u32(to + 4, goaway.error_code);
  copy_bytes(to + 8, goaway.debug_data);
  return Status::ok;
}

Status write_window_update(Buffer& out, int32_t stream_id, int32_t increment) {
  H2_ASSERT(increment > 0);
  uint8_t* to = begin_frame(out, FrameType::window_update, kFlagNone, stream_id, 4);
  if (!to) return Status::no_memory;
  store_u32(to, uint32_t(increment));
  return Status::ok;
}

Status write_altsvc(Buffer& out, int32_t stream_id, const Altsvc& altsvc) {
  const size_t length = 2 + altsvc.origin.size() + altsvc.field_value.size();
  uint8_t* to = begin_frame(out, FrameType::altsvc, kFlagNone, stream_id, length);
  if (!to) return Status::no_memory;
  copy_bytes(write_u16_prefixed(to, altsvc.origin), altsvc.field_value);
  return Status::ok;
}

Status write_origin(Buffer& out, Slice<const OriginEntry> origins) {
  size_t length = 0;
  for (const OriginEntry& entry : origins)
    length += 2 + entry.origin_len;
  uint8_t* to = begin_frame(out, FrameType::origin, kFlagNone, 0, length);
  if (!to) return Status::no_memory;
  for (const OriginEntry& entry : origins)
    to = write_u16_prefixed(to, {entry.origin, entry.origin_len});
  return Status::ok;
}

Status write_priority_update(Buffer& out, const PriorityUpdate& update) {
  uint8_t* to = begin_frame(out, FrameType::priority_update, kFlagNone, 0,
                            kStreamIdSize + update.field_value.size());
  if (!to) return Status::no_memory;
  store_u32(to, uint32_t(update.prioritized_stream_id));
  copy_bytes(to + kStreamIdSize, update.field_value);
  return Status::ok;
}

Status write_extension(Buffer& out, const FrameHead& head, Bytes payload) {
  uint8_t* to = begin_frame(out, FrameType{head.type}, head.flags, head.stream_id, payload.size());
  if (!to) return Status::no_memory;
  copy_bytes(to, payload);
  return Status::ok;
}

size_t write_data_head(uint8_t* to, const DataFrame& frame) {
  H2_ASSERT(frame.padding <= 256);
  uint8_t flags = frame.end_stream ? kFlagEndStream : kFlagNone;
  if (frame.padding > 0) {
    flags |= kFlagPadded;
    to[kFrameHeadSize] = uint8_t(frame.padding - 1);
  }
  const size_t length = frame.content + frame.padding;
  write_head(to, {uint32_t(length), frame.stream_id, uint8_t(FrameType::data), flags});
  return kFrameHeadSize + (frame.padding > 0);
}

size_t header_fixed_size(const HeaderFrame& frame) {
  if (frame.type == FrameType::push_promise) return kStreamIdSize;
  return frame.priority ? kPrioritySpecSize : 0;
}

Status begin_header_frame(Buffer& out, const HeaderFrame& frame) {
  const size_t size = kFrameHeadSize + header_fixed_size(frame);
  if (!out.reserve(size)) return Status::no_memory;
  out.commit(size);
  return Status::ok;
}

Status finish_header_frame(Buffer& out, size_t start, const HeaderFrame& frame, size_t padding,
                           size_t max_frame_size) {
  H2_ASSERT(out.size() >= start + kFrameHeadSize + header_fixed_size(frame));
  H2_ASSERT(padding <= 256);
  uint8_t flags = frame.end_stream ? kFlagEndStream : kFlagNone;
  if (frame.priority) {
    flags |= kFlagPriority;
    write_priority_spec(out.at(start + kFrameHeadSize), *frame.priority);
  } else if (frame.type == FrameType::push_promise) {
    store_u32(out.at(start + kFrameHeadSize), uint32_t(frame.promised_stream_id) & 0x7fffffff);
  }
  const size_t content = out.size() - start - kFrameHeadSize;
  size_t length = content + padding;
  if (padding > 0) {
    H2_ASSERT(length <= max_frame_size);
    flags |= kFlagPadded;
    if (!out.reserve(padding)) {
      out.truncate(start);
      return Status::no_memory;
    }
    out.commit(padding);
    uint8_t* payload = out.at(start + kFrameHeadSize);
    std::memmove(payload + 1, payload, content);
    payload[0] = uint8_t(padding - 1);
    std::memset(payload + 1 + content, 0, padding - 1);
  }
  if (length > max_frame_size) {
    RETURN_IF_ERROR(split_header_frame(out, start, frame.stream_id, max_frame_size));
    length = max_frame_size;
  } else {
    flags |= kFlagEndHeaders;
  }
  write_head(out.at(start), {uint32_t(length), frame.stream_id, uint8_t(frame.type), flags});
  return Status::ok;
}

}  // namespace nghttp2::frame
