// SPDX-License-Identifier: MIT
// Frame payloads from bytes, one pure function each (RFC 9113 §6). Lengths have been compared with
// the frame's rule before; content that can be malformed all the same makes a function say so.
#pragma once

#include "frame/frames.h"

namespace nghttp2::frame {

// The five octets of priority in PRIORITY and HEADERS (RFC 7540 §6.3).
PrioritySpec parse_priority_spec(const uint8_t* from);

Priority parse_priority(Bytes payload);
RstStream parse_rst_stream(Bytes payload);
PushPromise parse_push_promise(Bytes fixed);
Ping parse_ping(Bytes payload);
Goaway parse_goaway(Bytes payload);
WindowUpdate parse_window_update(Bytes payload);
PriorityUpdate parse_priority_update(Bytes payload);

// SETTINGS is a list of entries, in the order in which they are to be applied.
inline size_t settings_count(Bytes payload) {
  return payload.size() / kSettingsEntrySize;
}
SettingsEntry parse_settings_entry(Bytes payload, size_t index);

// False if the origin is longer than the payload (RFC 7838 §4).
[[nodiscard]] bool parse_altsvc(Bytes payload, Altsvc& altsvc);

// ORIGIN is a list of origins. Takes the first one off `rest`; false if it is cut short
// (RFC 8336 §2.1), with `rest` unchanged. `rest` must not be empty.
[[nodiscard]] bool next_origin(Bytes& rest, Bytes& origin);

// Counts the non-empty origins and their octets; false if one of the list is cut short.
struct OriginSummary {
  size_t count;
  size_t bytes;
};
[[nodiscard]] bool summarize_origins(Bytes payload, OriginSummary& summary);

}  // namespace nghttp2::frame
