// SPDX-License-Identifier: MIT
// Frames as JSON.
#include "trace/frame_json.h"

#include <nghttp2/nghttp2.h>

#include "base/text.h"
#include "hpack_explain/step_json.h"
#include "trace/names.h"

namespace trace {

namespace {

void set_stream_id(const json::Value& object, const char* key, std::int32_t id) {
  set(object, key, static_cast<std::size_t>(id));
}

void set_error(const json::Value& object, std::uint32_t code) {
  set(object, "error_code", std::size_t{code});
  set(object, "error_name", error_name(code));
}

void set_text(const json::Value& object, const char* key, Octets octets) {
  set(object, key, base::as_text(octets));
}

void add_priority(const json::Value& object, const Priority& priority) {
  set(object, "exclusive", json::boolean(priority.exclusive));
  set_stream_id(object, "stream_dependency", priority.dependency);
  set(object, "weight", std::size_t{priority.weight});
}

// DATA and the frames that carry header blocks.
void add_parts(const json::Value& object, const TracedFrame& traced, bool with_data) {
  const Parts& parts = traced.parts;
  if (parts.pad_length) set(object, "pad_length", std::size_t{*parts.pad_length});
  if (parts.priority) {
    json::Value priority = json::object();
    add_priority(priority, *parts.priority);
    set(object, "priority", std::move(priority));
  }
  if (parts.promised_stream_id) {
    set_stream_id(object, "promised_stream_id", *parts.promised_stream_id);
  }
  if (traced.frame.head.type != NGHTTP2_DATA) {
    set(object, "fragment_length", parts.content.size());
    return;
  }
  set(object, "data_length", parts.content.size());
  if (with_data) set_text(object, "data", parts.content);
}

json::Value settings_json(Reader& reader) {
  json::Value array = json::array();
  while (!reader.rest().empty() && !reader.has_failed()) {
    const std::uint32_t identifier = reader.number(2);
    const std::uint32_t value = reader.number(4);
    if (reader.has_failed()) break;
    json::Value one = json::object();
    set(one, "identifier", std::size_t{identifier});
    set(one, "name", setting_name(identifier));
    set(one, "value", std::size_t{value});
    append(array, std::move(one));
  }
  return array;
}

json::Value origins_json(Reader& reader) {
  json::Value array = json::array();
  while (!reader.rest().empty() && !reader.has_failed()) {
    const Octets origin = reader.octets(reader.number(2));
    if (!reader.has_failed()) append(array, json::text(base::as_text(origin)));
  }
  return array;
}

void add_goaway(const json::Value& object, Reader& reader) {
  set_stream_id(object, "last_stream_id", reader.id());
  set_error(object, reader.number(4));
  set_text(object, "debug_data", reader.rest());
}

void add_altsvc(const json::Value& object, Reader& reader) {
  set_text(object, "origin", reader.octets(reader.number(2)));
  set_text(object, "field_value", reader.rest());
}

void add_priority_update(const json::Value& object, Reader& reader) {
  set_stream_id(object, "prioritized_stream_id", reader.id());
  set_text(object, "priority_field_value", reader.rest());
}

void add_priority_frame(const json::Value& object, Reader& reader) {
  Priority priority;
  priority.dependency = reader.id();
  priority.exclusive = reader.reserved_bit();
  priority.weight = reader.number(1) + 1;
  add_priority(object, priority);
}

// Frames whose payload has no parts of its own. Whether their length is what it must be.
bool add_payload(const json::Value& object, const FrameHead& head, Reader& reader) {
  switch (head.type) {
    case NGHTTP2_PRIORITY: add_priority_frame(object, reader); return head.length == 5;
    case NGHTTP2_RST_STREAM: set_error(object, reader.number(4)); return head.length == 4;
    case NGHTTP2_SETTINGS: set(object, "settings", settings_json(reader)); return true;
    case NGHTTP2_PING:
      set(object, "opaque_data", std::string_view(base::to_hex(reader.octets(8))));
      return head.length == 8;
    case NGHTTP2_GOAWAY: add_goaway(object, reader); return true;
    case NGHTTP2_WINDOW_UPDATE:
      set_stream_id(object, "window_size_increment", reader.id());
      return head.length == 4;
    case NGHTTP2_ALTSVC: add_altsvc(object, reader); return true;
    case NGHTTP2_ORIGIN: set(object, "origins", origins_json(reader)); return true;
    case NGHTTP2_PRIORITY_UPDATE: add_priority_update(object, reader); return true;
    default: return false;
  }
}

bool has_parts(std::uint8_t type) {
  return type == NGHTTP2_DATA || type == NGHTTP2_HEADERS || type == NGHTTP2_PUSH_PROMISE ||
         type == NGHTTP2_CONTINUATION;
}

// The octets as they are where they do not make the payload of the type.
json::Value payload_json(const TracedFrame& traced, bool with_data) {
  const Frame& frame = traced.frame;
  const Parts& parts = traced.parts;
  json::Value object = json::object();
  Reader reader(frame.payload);
  bool is_good = frame.is_complete();
  if (has_parts(frame.head.type)) {
    is_good = is_good && !parts.is_too_short && !parts.is_padding_too_long;
    if (is_good) add_parts(object, traced, with_data);
  } else if (is_good) {
    is_good = add_payload(object, frame.head, reader) && !reader.has_failed();
  }
  if (is_good) return object;
  object = json::object();
  set(object, "octets", std::string_view(base::to_hex(frame.payload)));
  return object;
}

json::Value table_json(const hpack_explain::TableState& state) {
  json::Value table = json::object();
  set(table, "entries", state.entries);
  set(table, "size", state.size);
  set(table, "max_size", state.max_size);
  return table;
}

json::Value block_json(const HeaderBlock& block) {
  json::Value object = json::object();
  set(object, "frame", json::text(type_name(block.first.type)));
  set(object, "length", block.length);
  if (!block.problem.empty()) {
    set(object, "not_decoded", std::string_view(block.problem));
    return object;
  }
  json::Value steps = json::array();
  for (const hpack_explain::Step& step : block.decoded.steps)
    append(steps, hpack_explain::step_json(step, block.octets));
  set(object, "representations", std::move(steps));
  set(object, "table", table_json(block.table));
  if (const auto& malformed = block.decoded.malformed) {
    json::Value error = json::object();
    set(error, "offset", malformed->offset);
    set(error, "section", json::text(malformed->section));
    set(error, "reason", std::string_view(malformed->reason));
    set(object, "malformed", std::move(error));
  }
  return object;
}

json::Value breaches_json(const std::vector<Breach>& breaches) {
  json::Value array = json::array();
  for (const Breach& breach : breaches) {
    json::Value one = json::object();
    set(one, "rule", std::string_view(breach.name));
    set(one, "rfc", static_cast<std::size_t>(breach.rfc));
    set(one, "section", std::string_view(breach.section));
    set(one, "reason", std::string_view(breach.reason));
    if (!breach.detail.empty()) set(one, "detail", std::string_view(breach.detail));
    append(array, std::move(one));
  }
  return array;
}

}  // namespace

void add_frame_json(const json::Value& object, const TracedFrame& traced, bool with_data) {
  const FrameHead& head = traced.frame.head;
  set(object, "type", json::text(type_name(head.type)));
  set(object, "type_code", std::size_t{head.type});
  set(object, "length", std::size_t{head.length});
  json::Value flags = json::array();
  for (const std::string_view name : flag_names(head))
    append(flags, json::text(name));
  set(object, "flags", std::move(flags));
  set(object, "flags_code", std::size_t{head.flags});
  set_stream_id(object, "stream_id", head.stream_id);
  if (head.reserved_bit) set(object, "reserved_bit", json::boolean(true));
  if (!traced.frame.is_complete()) {
    set(object, "payload_seen", traced.frame.payload.size());
  }
  set(object, "payload", payload_json(traced, with_data));
  if (traced.block != nullptr) set(object, "header_block", block_json(*traced.block));
  if (!traced.rejection.empty()) set(object, "rejected", std::string_view(traced.rejection));
  if (!traced.breaches.empty()) set(object, "breaks", breaches_json(traced.breaches));
}

}  // namespace trace
