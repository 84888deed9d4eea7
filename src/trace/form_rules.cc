// SPDX-License-Identifier: MIT
// The rules that a received frame breaks by itself, whatever came before.
#include "trace/form_rules.h"

#include <nghttp2/nghttp2.h>

#include <algorithm>

#include "trace/names.h"

namespace trace {

namespace {

std::string octets_text(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " octet" : " octets");
}

struct TypeRules {
  std::uint8_t type;
  const Rule* on_stream;      // broken by a stream identifier that is not 0
  const Rule* on_connection;  // broken by one that is
  const Rule* length;         // broken by any length but this one
  std::uint32_t right_length;
};

constexpr TypeRules kTypeRules[] = {
    {NGHTTP2_DATA, nullptr, &rules::kDataOnConnection, nullptr, 0},
    {NGHTTP2_HEADERS, nullptr, &rules::kHeadersOnConnection, nullptr, 0},
    {NGHTTP2_PRIORITY, nullptr, &rules::kPriorityOnConnection, &rules::kPriorityLength, 5},
    {NGHTTP2_RST_STREAM, nullptr, &rules::kResetOnConnection, &rules::kResetLength, 4},
    {NGHTTP2_SETTINGS, &rules::kSettingsOnStream, nullptr, nullptr, 0},
    {NGHTTP2_PUSH_PROMISE, nullptr, &rules::kPromiseOnConnection, nullptr, 0},
    {NGHTTP2_PING, &rules::kPingOnStream, nullptr, &rules::kPingLength, 8},
    {NGHTTP2_GOAWAY, &rules::kGoawayOnStream, nullptr, nullptr, 0},
    {NGHTTP2_WINDOW_UPDATE, nullptr, nullptr, &rules::kWindowUpdateLength, 4},
    {NGHTTP2_CONTINUATION, nullptr, &rules::kContinuationOnConnection, nullptr, 0},
    {NGHTTP2_ORIGIN, &rules::kOriginOnStream, nullptr, nullptr, 0},
};

void check_type(const FrameHead& head, Breaches& breaches) {
  for (const TypeRules& row : kTypeRules) {
    if (row.type != head.type) continue;
    if (row.on_stream != nullptr && head.stream_id != 0) {
      breaches.add(*row.on_stream, "stream " + std::to_string(head.stream_id));
    }
    if (row.on_connection != nullptr && head.stream_id == 0) breaches.add(*row.on_connection);
    if (row.length != nullptr && head.length != row.right_length) {
      breaches.add(*row.length, octets_text(head.length));
    }
  }
}

// A frame that ends before what its type requires does.
bool is_too_short(const Frame& frame, const Parts& parts) {
  if (!frame.is_complete()) return false;
  Reader reader(frame.payload);
  switch (frame.head.type) {
    case NGHTTP2_GOAWAY: reader.octets(8); break;
    case NGHTTP2_ALTSVC: reader.octets(reader.number(2)); break;
    case NGHTTP2_ORIGIN:
      while (!reader.rest().empty())
        reader.octets(reader.number(2));
      break;
    default: return parts.is_too_short;
  }
  return reader.has_failed();
}

void check_altsvc(const Frame& frame, Breaches& breaches) {
  const std::uint32_t origin_length = Reader(frame.payload).number(2);
  const bool is_on_stream = frame.head.stream_id != 0;
  breaches.add_if(!is_on_stream && origin_length == 0, rules::kAltsvcWithoutOrigin);
  breaches.add_if(is_on_stream && origin_length != 0, rules::kAltsvcWithOrigin);
}

}  // namespace

void check_form(const Frame& frame, const Parts& parts, Breaches& breaches) {
  const FrameHead& head = frame.head;
  check_type(head, breaches);
  const bool has_reserved_bit = head.reserved_bit || parts.promised_reserved_bit;
  breaches.add_if(has_reserved_bit, rules::kReservedBit);
  if (const unsigned flags = undefined_flags(head); flags != 0) {
    breaches.add(rules::kUndefinedFlags, "flags " + std::to_string(flags));
  }
  breaches.add_if(is_too_short(frame, parts), rules::kFrameTooShort, octets_text(head.length));
  breaches.add_if(parts.is_padding_too_long, rules::kPaddingLength,
                  octets_text(parts.pad_length.value_or(0)));
  breaches.add_if(std::any_of(parts.padding.begin(), parts.padding.end(),
                              [](std::uint8_t octet) { return octet != 0; }),
                  rules::kPaddingNotZero);
  if (!frame.is_complete()) return;
  if (head.type == NGHTTP2_SETTINGS) {
    const bool is_ack = head.has(NGHTTP2_FLAG_ACK);
    breaches.add_if(is_ack && head.length > 0, rules::kSettingsAckLength, octets_text(head.length));
    breaches.add_if(!is_ack && head.length % 6 != 0, rules::kSettingsLength,
                    octets_text(head.length));
  } else if (head.type == NGHTTP2_PRIORITY || parts.priority) {
    const std::int32_t dependency =
        parts.priority ? parts.priority->dependency : Reader(frame.payload).id();
    breaches.add_if(dependency == head.stream_id && head.stream_id != 0, rules::kPrioritySelf);
  } else if (head.type == NGHTTP2_ALTSVC) {
    check_altsvc(frame, breaches);
  } else if (head.type == NGHTTP2_PRIORITY_UPDATE) {
    breaches.add(rules::kPriorityUpdate);
  }
}

}  // namespace trace
