// SPDX-License-Identifier: MIT
// The RFCs' names for the numbers in frames.
#include "trace/names.h"

#include <nghttp2/nghttp2.h>

#include "http2/names.h"

namespace trace {

namespace {

constexpr std::string_view kUnknown = "UNKNOWN";

bool is_known(std::uint8_t type) {
  return type <= NGHTTP2_ALTSVC || type == NGHTTP2_ORIGIN || type == NGHTTP2_PRIORITY_UPDATE;
}

std::uint8_t defined_flags(std::uint8_t type) {
  switch (type) {
    case NGHTTP2_DATA: return NGHTTP2_FLAG_END_STREAM | NGHTTP2_FLAG_PADDED;
    case NGHTTP2_HEADERS:
      return NGHTTP2_FLAG_END_STREAM | NGHTTP2_FLAG_END_HEADERS | NGHTTP2_FLAG_PADDED |
             NGHTTP2_FLAG_PRIORITY;
    case NGHTTP2_PUSH_PROMISE: return NGHTTP2_FLAG_END_HEADERS | NGHTTP2_FLAG_PADDED;
    case NGHTTP2_CONTINUATION: return NGHTTP2_FLAG_END_HEADERS;
    case NGHTTP2_SETTINGS:
    case NGHTTP2_PING: return NGHTTP2_FLAG_ACK;
    default: return 0;
  }
}

}  // namespace

std::string_view type_name(std::uint8_t type) {
  return is_known(type) ? http2::frame_type_name(type) : kUnknown;
}

std::string_view error_name(std::uint32_t code) {
  return code <= NGHTTP2_HTTP_1_1_REQUIRED ? nghttp2_http2_strerror(code) : kUnknown;
}

std::string_view setting_name(std::uint32_t identifier) {
  const std::string_view name = http2::setting_name(static_cast<std::int32_t>(identifier));
  return name.empty() ? kUnknown : name;
}

std::vector<std::string_view> flag_names(const FrameHead& head) {
  const unsigned flags = head.flags & defined_flags(head.type);
  const bool has_ack = head.type == NGHTTP2_SETTINGS || head.type == NGHTTP2_PING;
  std::vector<std::string_view> names;
  if ((flags & NGHTTP2_FLAG_END_STREAM) != 0) names.push_back(has_ack ? "ACK" : "END_STREAM");
  if ((flags & NGHTTP2_FLAG_END_HEADERS) != 0) names.push_back("END_HEADERS");
  if ((flags & NGHTTP2_FLAG_PADDED) != 0) names.push_back("PADDED");
  if ((flags & NGHTTP2_FLAG_PRIORITY) != 0) names.push_back("PRIORITY");
  return names;
}

std::uint8_t undefined_flags(const FrameHead& head) {
  if (!is_known(head.type)) return 0;
  return static_cast<std::uint8_t>(head.flags & ~defined_flags(head.type));
}

}  // namespace trace
