// SPDX-License-Identifier: MIT
// The frame lines of a scenario: "headers 1 end_headers :method=GET" and the like to bytes.
#include "support/script_frame.h"

#include <nghttp2/nghttp2.h>

#include "support/names.h"
#include "support/tokens.h"
#include "support/wire.h"

namespace support {
namespace {

std::string bytes_of_hex(const std::string& digits) {
  if (digits.size() % 2 != 0) throw ScriptError("odd number of hexadecimal digits: " + digits);
  std::string bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    const auto octet = parse_number("0x" + digits.substr(i, 2));
    if (!octet) throw ScriptError("not hexadecimal: " + digits);
    bytes.push_back(static_cast<char>(*octet));
  }
  return bytes;
}

std::uint32_t error_code(Words& words) {
  const std::string name = words.next();
  if (const auto code = parse_error_code(name)) return *code;
  throw ScriptError("`" + name + "` is not an error code");
}

// What a text, hex= or size= says; nothing of them is no bytes.
std::string payload_of(Words& words) {
  if (const auto digits = words.value("hex")) return bytes_of_hex(*digits);
  if (const std::uint32_t size = words.number("size", 0)) return std::string(size, 'd');
  return words.next_if_any().value_or("");
}

std::string header_frame(std::uint32_t stream_id, Words& words, const Fields& pseudo_fields) {
  std::uint8_t flags = words.flag("no_end_headers") ? 0 : NGHTTP2_FLAG_END_HEADERS;
  if (words.flag("end_stream")) flags |= NGHTTP2_FLAG_END_STREAM;
  const auto pad = words.value("pad");
  const auto priority = words.priority();
  const auto digits = words.value("hex");
  std::string payload = header_block(pseudo_fields);
  payload += digits ? bytes_of_hex(*digits) : header_block(words.fields());
  if (priority) {
    flags |= NGHTTP2_FLAG_PRIORITY;
    payload = prioritized(payload, *priority);
  }
  if (pad) {
    flags |= NGHTTP2_FLAG_PADDED;
    payload = padded(payload, parse_number(*pad).value_or(0));
  }
  return Wire().frame(NGHTTP2_HEADERS, flags, stream_id, payload).bytes();
}

std::string request(Words& words) {
  const std::uint32_t stream_id = words.next_number();
  const std::string method = words.next();
  const std::string path = words.next();
  return header_frame(stream_id, words, request_fields(method, path));
}

std::string response(Words& words) {
  const std::uint32_t stream_id = words.next_number();
  const std::string status = words.next();
  return header_frame(stream_id, words, response_fields(status));
}

std::string headers(Words& words) {
  const std::uint32_t stream_id = words.next_number();
  return header_frame(stream_id, words, {});
}

std::string continuation(Words& words) {
  const std::uint32_t stream_id = words.next_number();
  const std::uint8_t flags = words.flag("end_headers") ? NGHTTP2_FLAG_END_HEADERS : 0;
  const auto digits = words.value("hex");
  const std::string block = digits ? bytes_of_hex(*digits) : header_block(words.fields());
  return Wire().continuation(stream_id, block, flags).bytes();
}

std::string push_promise(Words& words) {
  const std::uint32_t stream_id = words.next_number();
  const std::uint32_t promised_id = words.next_number();
  const std::string path = words.next();
  std::uint8_t flags = words.flag("no_end_headers") ? 0 : NGHTTP2_FLAG_END_HEADERS;
  const auto pad = words.value("pad");
  std::string payload =
      big_endian(promised_id, 4) + header_block(request_fields("GET", path, words.fields()));
  if (pad) {
    flags |= NGHTTP2_FLAG_PADDED;
    payload = padded(payload, parse_number(*pad).value_or(0));
  }
  return Wire().frame(NGHTTP2_PUSH_PROMISE, flags, stream_id, payload).bytes();
}

std::string data(Words& words) {
  const std::uint32_t stream_id = words.next_number();
  std::uint8_t flags = words.flag("end_stream") ? NGHTTP2_FLAG_END_STREAM : 0;
  const auto pad = words.value("pad");
  std::string payload = payload_of(words);
  if (pad) {
    flags |= NGHTTP2_FLAG_PADDED;
    payload = padded(payload, parse_number(*pad).value_or(0));
  }
  return Wire().data(stream_id, payload, flags).bytes();
}

std::string priority(Words& words) {
  const std::uint32_t stream_id = words.next_number();
  return Wire().priority(stream_id, words.priority().value_or(Priority())).bytes();
}

std::string rst_stream(Words& words) {
  const std::uint32_t stream_id = words.next_number();
  return Wire().rst_stream(stream_id, error_code(words)).bytes();
}

std::string settings(Words& words) {
  if (words.flag("ack")) return Wire().settings_ack().bytes();
  return Wire().settings(words.settings()).bytes();
}

std::string ping(Words& words) {
  const bool ack = words.flag("ack");
  return Wire().ping(words.next(), ack).bytes();
}

std::string goaway(Words& words) {
  const std::uint32_t last_stream_id = words.next_number();
  const std::uint32_t code = error_code(words);
  return Wire().goaway(last_stream_id, code, words.next_if_any().value_or("")).bytes();
}

std::string window_update(Words& words) {
  const std::uint32_t stream_id = words.next_number();
  return Wire().window_update(stream_id, words.next_number()).bytes();
}

std::string altsvc(Words& words) {
  const std::uint32_t stream_id = words.next_number();
  const std::string origin = words.next();
  const std::string payload = big_endian(origin.size(), 2) + origin + words.next();
  return Wire().frame(NGHTTP2_ALTSVC, 0, stream_id, payload).bytes();
}

std::string origin(Words& words) {
  std::string payload;
  while (const auto name = words.next_if_any())
    payload += big_endian(name->size(), 2) + *name;
  return Wire().frame(NGHTTP2_ORIGIN, 0, 0, payload).bytes();
}

std::string priority_update(Words& words) {
  const std::uint32_t stream_id = words.next_number();
  const std::string payload = big_endian(stream_id, 4) + words.next();
  return Wire().frame(NGHTTP2_PRIORITY_UPDATE, 0, 0, payload).bytes();
}

std::string any_frame(Words& words) {
  const std::string name = words.next();
  const auto type = parse_frame_type(name);
  if (!type) throw ScriptError("`" + name + "` is not a frame type");
  const std::uint32_t stream_id = words.next_number();
  const auto flags = static_cast<std::uint8_t>(words.number("flags", 0));
  return Wire().frame(*type, flags, stream_id, payload_of(words)).bytes();
}

std::string magic(Words&) {
  return Wire().magic().bytes();
}

std::string raw(Words& words) {
  return words.next();
}

std::string hex(Words& words) {
  return bytes_of_hex(words.next());
}

struct Kind {
  const char* name;
  std::string (*build)(Words&);
};

constexpr Kind kKinds[] = {
    {"magic", magic},
    {"raw", raw},
    {"hex", hex},
    {"request", request},
    {"response", response},
    {"headers", headers},
    {"continuation", continuation},
    {"push_promise", push_promise},
    {"data", data},
    {"priority", priority},
    {"rst_stream", rst_stream},
    {"settings", settings},
    {"ping", ping},
    {"goaway", goaway},
    {"window_update", window_update},
    {"altsvc", altsvc},
    {"origin", origin},
    {"priority_update", priority_update},
    {"frame", any_frame},
};

}  // namespace

std::string frame_bytes(std::string_view line) {
  Words words(line);
  const std::string name = words.next();
  for (const Kind& kind : kKinds) {
    if (name != kind.name) continue;
    std::string bytes = kind.build(words);
    words.finish();
    return bytes;
  }
  throw ScriptError("no frame is called `" + name + "`");
}

}  // namespace support
