// SPDX-License-Identifier: MIT
// A frame as it was on the wire, and the parts of its payload.
#include "trace/frame.h"

#include <nghttp2/nghttp2.h>

namespace trace {

std::uint32_t Reader::number(std::size_t octets) {
  std::uint32_t value = 0;
  const Octets taken = this->octets(octets);
  if (taken.size() < octets) return 0;
  for (const std::uint8_t octet : taken)
    value = value << 8 | octet;
  return value;
}

std::int32_t Reader::id() {
  constexpr std::uint32_t kMask = 0x7fffffff;
  const std::uint32_t value = number(4);
  reserved_bit_ = value > kMask;
  return static_cast<std::int32_t>(value & kMask);
}

Octets Reader::octets(std::size_t count) {
  if (count > rest_.size()) {
    has_failed_ = true;
    count = rest_.size();
  }
  const Octets taken = rest_.first(count);
  rest_ = rest_.subspan(count);
  return taken;
}

Parts parts_of(const Frame& frame) {
  Parts parts;
  const FrameHead& head = frame.head;
  const bool has_block = head.type == NGHTTP2_HEADERS || head.type == NGHTTP2_PUSH_PROMISE;
  Reader reader(frame.payload);
  if ((has_block || head.type == NGHTTP2_DATA) && head.has(NGHTTP2_FLAG_PADDED)) {
    const auto length = static_cast<std::uint8_t>(reader.number(1));
    if (!reader.has_failed()) parts.pad_length = length;
  }
  if (head.type == NGHTTP2_HEADERS && head.has(NGHTTP2_FLAG_PRIORITY)) {
    Priority priority;
    priority.dependency = reader.id();
    priority.exclusive = reader.reserved_bit();
    priority.weight = reader.number(1) + 1;
    if (!reader.has_failed()) parts.priority = priority;
  }
  if (head.type == NGHTTP2_PUSH_PROMISE) {
    const std::int32_t id = reader.id();
    parts.promised_reserved_bit = reader.reserved_bit();
    if (!reader.has_failed()) parts.promised_stream_id = id;
  }
  parts.is_too_short = reader.has_failed() && frame.is_complete();
  if (reader.has_failed()) return parts;
  parts.content = reader.rest();
  const std::size_t padding = parts.pad_length.value_or(0);
  if (!frame.is_complete()) return parts;
  parts.is_padding_too_long = padding > parts.content.size();
  if (parts.is_padding_too_long) {
    parts.content = {};
    return parts;
  }
  parts.padding = parts.content.last(padding);
  parts.content = parts.content.first(parts.content.size() - padding);
  return parts;
}

}  // namespace trace
