// SPDX-License-Identifier: MIT
// Names of numbers, both ways, as scenarios write them.
#include "support/names.h"

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace support {
namespace {

struct Name {
  long long number;
  const char* text;
};

constexpr Name kFrameTypes[] = {
    {NGHTTP2_DATA, "DATA"},
    {NGHTTP2_HEADERS, "HEADERS"},
    {NGHTTP2_PRIORITY, "PRIORITY"},
    {NGHTTP2_RST_STREAM, "RST_STREAM"},
    {NGHTTP2_SETTINGS, "SETTINGS"},
    {NGHTTP2_PUSH_PROMISE, "PUSH_PROMISE"},
    {NGHTTP2_PING, "PING"},
    {NGHTTP2_GOAWAY, "GOAWAY"},
    {NGHTTP2_WINDOW_UPDATE, "WINDOW_UPDATE"},
    {NGHTTP2_CONTINUATION, "CONTINUATION"},
    {NGHTTP2_ALTSVC, "ALTSVC"},
    {NGHTTP2_ORIGIN, "ORIGIN"},
    {NGHTTP2_PRIORITY_UPDATE, "PRIORITY_UPDATE"},
};

constexpr Name kErrorCodes[] = {
    {NGHTTP2_NO_ERROR, "NO_ERROR"},
    {NGHTTP2_PROTOCOL_ERROR, "PROTOCOL_ERROR"},
    {NGHTTP2_INTERNAL_ERROR, "INTERNAL_ERROR"},
    {NGHTTP2_FLOW_CONTROL_ERROR, "FLOW_CONTROL_ERROR"},
    {NGHTTP2_SETTINGS_TIMEOUT, "SETTINGS_TIMEOUT"},
    {NGHTTP2_STREAM_CLOSED, "STREAM_CLOSED"},
    {NGHTTP2_FRAME_SIZE_ERROR, "FRAME_SIZE_ERROR"},
    {NGHTTP2_REFUSED_STREAM, "REFUSED_STREAM"},
    {NGHTTP2_CANCEL, "CANCEL"},
    {NGHTTP2_COMPRESSION_ERROR, "COMPRESSION_ERROR"},
    {NGHTTP2_CONNECT_ERROR, "CONNECT_ERROR"},
    {NGHTTP2_ENHANCE_YOUR_CALM, "ENHANCE_YOUR_CALM"},
    {NGHTTP2_INADEQUATE_SECURITY, "INADEQUATE_SECURITY"},
    {NGHTTP2_HTTP_1_1_REQUIRED, "HTTP_1_1_REQUIRED"},
};

constexpr Name kSettings[] = {
    {NGHTTP2_SETTINGS_HEADER_TABLE_SIZE, "HEADER_TABLE_SIZE"},
    {NGHTTP2_SETTINGS_ENABLE_PUSH, "ENABLE_PUSH"},
    {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, "MAX_CONCURRENT_STREAMS"},
    {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, "INITIAL_WINDOW_SIZE"},
    {NGHTTP2_SETTINGS_MAX_FRAME_SIZE, "MAX_FRAME_SIZE"},
    {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, "MAX_HEADER_LIST_SIZE"},
    {NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL, "ENABLE_CONNECT_PROTOCOL"},
    {NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, "NO_RFC7540_PRIORITIES"},
};

constexpr Name kLibraryErrors[] = {
    {NGHTTP2_ERR_INVALID_ARGUMENT, "INVALID_ARGUMENT"},
    {NGHTTP2_ERR_BUFFER_ERROR, "BUFFER_ERROR"},
    {NGHTTP2_ERR_UNSUPPORTED_VERSION, "UNSUPPORTED_VERSION"},
    {NGHTTP2_ERR_WOULDBLOCK, "WOULDBLOCK"},
    {NGHTTP2_ERR_PROTO, "PROTO"},
    {NGHTTP2_ERR_INVALID_FRAME, "INVALID_FRAME"},
    {NGHTTP2_ERR_EOF, "EOF"},
    {NGHTTP2_ERR_DEFERRED, "DEFERRED"},
    {NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE, "STREAM_ID_NOT_AVAILABLE"},
    {NGHTTP2_ERR_STREAM_CLOSED, "STREAM_CLOSED"},
    {NGHTTP2_ERR_STREAM_CLOSING, "STREAM_CLOSING"},
    {NGHTTP2_ERR_STREAM_SHUT_WR, "STREAM_SHUT_WR"},
    {NGHTTP2_ERR_INVALID_STREAM_ID, "INVALID_STREAM_ID"},
    {NGHTTP2_ERR_INVALID_STREAM_STATE, "INVALID_STREAM_STATE"},
    {NGHTTP2_ERR_DEFERRED_DATA_EXIST, "DEFERRED_DATA_EXIST"},
    {NGHTTP2_ERR_START_STREAM_NOT_ALLOWED, "START_STREAM_NOT_ALLOWED"},
    {NGHTTP2_ERR_GOAWAY_ALREADY_SENT, "GOAWAY_ALREADY_SENT"},
    {NGHTTP2_ERR_INVALID_HEADER_BLOCK, "INVALID_HEADER_BLOCK"},
    {NGHTTP2_ERR_INVALID_STATE, "INVALID_STATE"},
    {NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE, "TEMPORAL_CALLBACK_FAILURE"},
    {NGHTTP2_ERR_FRAME_SIZE_ERROR, "FRAME_SIZE_ERROR"},
    {NGHTTP2_ERR_HEADER_COMP, "HEADER_COMP"},
    {NGHTTP2_ERR_FLOW_CONTROL, "FLOW_CONTROL"},
    {NGHTTP2_ERR_INSUFF_BUFSIZE, "INSUFF_BUFSIZE"},
    {NGHTTP2_ERR_PAUSE, "PAUSE"},
    {NGHTTP2_ERR_TOO_MANY_INFLIGHT_SETTINGS, "TOO_MANY_INFLIGHT_SETTINGS"},
    {NGHTTP2_ERR_PUSH_DISABLED, "PUSH_DISABLED"},
    {NGHTTP2_ERR_DATA_EXIST, "DATA_EXIST"},
    {NGHTTP2_ERR_SESSION_CLOSING, "SESSION_CLOSING"},
    {NGHTTP2_ERR_HTTP_HEADER, "HTTP_HEADER"},
    {NGHTTP2_ERR_HTTP_MESSAGING, "HTTP_MESSAGING"},
    {NGHTTP2_ERR_REFUSED_STREAM, "REFUSED_STREAM"},
    {NGHTTP2_ERR_INTERNAL, "INTERNAL"},
    {NGHTTP2_ERR_CANCEL, "CANCEL"},
    {NGHTTP2_ERR_SETTINGS_EXPECTED, "SETTINGS_EXPECTED"},
    {NGHTTP2_ERR_TOO_MANY_SETTINGS, "TOO_MANY_SETTINGS"},
    {NGHTTP2_ERR_NOMEM, "NOMEM"},
    {NGHTTP2_ERR_CALLBACK_FAILURE, "CALLBACK_FAILURE"},
    {NGHTTP2_ERR_BAD_CLIENT_MAGIC, "BAD_CLIENT_MAGIC"},
    {NGHTTP2_ERR_FLOODED, "FLOODED"},
    {NGHTTP2_ERR_TOO_MANY_CONTINUATIONS, "TOO_MANY_CONTINUATIONS"},
};

constexpr Name kStreamStates[] = {
    {NGHTTP2_STREAM_STATE_IDLE, "idle"},
    {NGHTTP2_STREAM_STATE_OPEN, "open"},
    {NGHTTP2_STREAM_STATE_RESERVED_LOCAL, "reserved_local"},
    {NGHTTP2_STREAM_STATE_RESERVED_REMOTE, "reserved_remote"},
    {NGHTTP2_STREAM_STATE_HALF_CLOSED_LOCAL, "half_closed_local"},
    {NGHTTP2_STREAM_STATE_HALF_CLOSED_REMOTE, "half_closed_remote"},
    {NGHTTP2_STREAM_STATE_CLOSED, "closed"},
};

template <std::size_t N>
const char* find_name(const Name (&names)[N], long long number) {
  for (const Name& name : names) {
    if (name.number == number) return name.text;
  }
  return nullptr;
}

template <std::size_t N>
std::optional<long long> find_number(const Name (&names)[N], std::string_view text) {
  for (const Name& name : names) {
    if (text == name.text) return name.number;
  }
  return std::nullopt;
}

std::string hexadecimal(std::uint32_t number) {
  char text[16];
  std::snprintf(text, sizeof(text), "0x%02x", static_cast<unsigned>(number));
  return text;
}

template <std::size_t N>
std::string name_or_hexadecimal(const Name (&names)[N], std::uint32_t number) {
  const char* name = find_name(names, number);
  return name != nullptr ? name : hexadecimal(number);
}

template <std::size_t N>
std::optional<std::uint32_t> parse(const Name (&names)[N], std::string_view text) {
  if (const auto number = find_number(names, text)) return static_cast<std::uint32_t>(*number);
  return parse_number(text);
}

}  // namespace

std::string frame_type_name(std::uint8_t type) {
  return name_or_hexadecimal(kFrameTypes, type);
}

std::string error_code_name(std::uint32_t error_code) {
  return name_or_hexadecimal(kErrorCodes, error_code);
}

std::string setting_name(std::uint32_t id) {
  return name_or_hexadecimal(kSettings, id);
}

std::string library_error_name(long long code) {
  const char* name = find_name(kLibraryErrors, code);
  return name != nullptr ? name : std::to_string(code);
}

std::string stream_state_name(int state) {
  const char* name = find_name(kStreamStates, state);
  return name != nullptr ? name : std::to_string(state);
}

std::string flag_names(std::uint8_t type, std::uint8_t flags) {
  const bool is_block = type == NGHTTP2_HEADERS || type == NGHTTP2_PUSH_PROMISE;
  std::string text;
  unsigned rest = flags;
  const auto take = [&](unsigned flag, const char* name) {
    if ((rest & flag) == 0) return;
    text += std::string(" ") + name;
    rest &= ~flag;
  };
  if (type == NGHTTP2_DATA || type == NGHTTP2_HEADERS) take(NGHTTP2_FLAG_END_STREAM, "END_STREAM");
  if (type == NGHTTP2_SETTINGS || type == NGHTTP2_PING) take(NGHTTP2_FLAG_ACK, "ACK");
  if (is_block || type == NGHTTP2_CONTINUATION) take(NGHTTP2_FLAG_END_HEADERS, "END_HEADERS");
  if (is_block || type == NGHTTP2_DATA) take(NGHTTP2_FLAG_PADDED, "PADDED");
  if (type == NGHTTP2_HEADERS) take(NGHTTP2_FLAG_PRIORITY, "PRIORITY");
  if (rest != 0) text += " flags=" + hexadecimal(rest);
  return text;
}

std::optional<std::uint32_t> parse_number(std::string_view text) {
  int base = 10;
  if (text.substr(0, 2) == "0x") {
    base = 16;
    text.remove_prefix(2);
  }
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::uint32_t> parse_error_code(std::string_view text) {
  return parse(kErrorCodes, text);
}

std::optional<std::uint32_t> parse_setting(std::string_view text) {
  return parse(kSettings, text);
}

std::optional<int> parse_library_error(std::string_view text) {
  if (const auto number = find_number(kLibraryErrors, text)) return static_cast<int>(*number);
  if (const auto number = parse_number(text)) return static_cast<int>(*number);
  return std::nullopt;
}

std::optional<std::uint8_t> parse_frame_type(std::string_view text) {
  if (const auto number = parse(kFrameTypes, text)) return static_cast<std::uint8_t>(*number);
  return std::nullopt;
}

std::string quoted(std::string_view bytes) {
  constexpr std::size_t kLongest = 60;
  const bool is_long = bytes.size() > kLongest;
  if (is_long && bytes.find_first_not_of(bytes[0]) != std::string_view::npos) {
    return std::to_string(bytes.size()) + " octets";
  }
  std::string text = is_long ? std::to_string(bytes.size()) + " x \"" : "\"";
  for (const char c : is_long ? bytes.substr(0, 1) : bytes) {
    const auto octet = static_cast<std::uint8_t>(c);
    char escape[8];
    std::snprintf(escape, sizeof(escape), "\\x%02x", static_cast<unsigned>(octet));
    const bool is_plain = octet >= 0x20 && octet < 0x7f && c != '"' && c != '\\';
    text += is_plain ? std::string(1, c) : std::string(escape);
  }
  return text + '"';
}

std::string field_text(std::string_view name, std::string_view value, bool never_index) {
  const auto is_plain_octet = [](char c) { return c >= 0x20 && c < 0x7f && c != ','; };
  const bool is_plain = !value.empty() && value.size() <= 60 && value.front() != ' ' &&
                        value.back() != ' ' &&
                        std::all_of(value.begin(), value.end(), is_plain_octet);
  const bool is_plain_name = !name.empty() && std::all_of(name.begin(), name.end(), is_plain_octet);
  return (never_index ? "~" : "") + (is_plain_name ? std::string(name) : quoted(name)) + ": " +
         (is_plain ? std::string(value) : quoted(value));
}

}  // namespace support
