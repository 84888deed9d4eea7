// SPDX-License-Identifier: MIT
// Frame payloads from bytes.
#include "frame/parse.h"

#include "base/check.h"

namespace nghttp2::frame {
namespace {

// The bit before a stream identifier or a window increment has no meaning.
int32_t load_u31(const uint8_t* from) {
  return int32_t(load_u32(from) & 0x7fffffff);
}

}  // namespace

PrioritySpec parse_priority_spec(const uint8_t* from) {
  PrioritySpec spec;
  spec.stream_id = load_u31(from);
  spec.exclusive = from[0] >> 7;
  spec.weight = from[4] + 1;
  return spec;
}

Priority parse_priority(Bytes payload) {
  H2_ASSERT(payload.size() == kPrioritySpecSize);
  return {parse_priority_spec(payload.data())};
}

RstStream parse_rst_stream(Bytes payload) {
  H2_ASSERT(payload.size() == 4);
  return {load_u32(payload.data())};
}

PushPromise parse_push_promise(Bytes fixed) {
  H2_ASSERT(fixed.size() == 4);
  return {load_u31(fixed.data())};
}

Ping parse_ping(Bytes payload) {
  H2_ASSERT(payload.size() == sizeof(Ping::opaque_data));
  Ping ping;
  copy_bytes(ping.opaque_data, payload);
  return ping;
}

Goaway parse_goaway(Bytes payload) {
  H2_ASSERT(payload.size() >= 8);
  return {load_u31(payload.data()), load_u32(payload.data() + 4), payload.from(8)};
}

WindowUpdate parse_window_update(Bytes payload) {
  H2_ASSERT(payload.size() == 4);
  return {load_u31(payload.data())};
}

PriorityUpdate parse_priority_update(Bytes payload) {
  H2_ASSERT(payload.size() >= 4);
  return {load_u31(payload.data()), payload.from(4)};
}

SettingsEntry parse_settings_entry(Bytes payload, size_t index) {
  const Bytes entry = payload.part(index * kSettingsEntrySize, kSettingsEntrySize);
  return {load_u16(entry.data()), load_u32(entry.data() + 2)};
}

bool parse_altsvc(Bytes payload, Altsvc& altsvc) {
  H2_ASSERT(payload.size() >= 2);
  const size_t origin_size = load_u16(payload.data());
  const Bytes rest = payload.from(2);
  if (origin_size > rest.size()) return false;
  altsvc = {rest.first(origin_size), rest.from(origin_size)};
  return true;
}

bool next_origin(Bytes& rest, Bytes& origin) {
  H2_ASSERT(!rest.empty());
  if (rest.size() < 2) return false;
  const size_t size = load_u16(rest.data());
  const Bytes behind = rest.from(2);
  if (size > behind.size()) return false;
  origin = behind.first(size);
  rest = behind.from(size);
  return true;
}

bool summarize_origins(Bytes payload, OriginSummary& summary) {
  summary = {};
  while (!payload.empty()) {
    Bytes origin;
    if (!next_origin(payload, origin)) return false;
    summary.count += !origin.empty();
    summary.bytes += origin.size();
  }
  return true;
}

}  // namespace nghttp2::frame
