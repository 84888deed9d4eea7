// SPDX-License-Identifier: MIT
// The registered numbers of HTTP/2 and their names: frame types, flags, error codes and settings
// (RFC 9113 §6, §7, §11; RFC 7838, 8336, 8441, 9218).
#pragma once

#include <cstdint>

namespace nghttp2::frame {

enum class FrameType : uint8_t {
  data = 0x00,
  headers = 0x01,
  priority = 0x02,
  rst_stream = 0x03,
  settings = 0x04,
  push_promise = 0x05,
  ping = 0x06,
  goaway = 0x07,
  window_update = 0x08,
  continuation = 0x09,
  altsvc = 0x0a,           // RFC 7838
  origin = 0x0c,           // RFC 8336
  priority_update = 0x10,  // RFC 9218
};

// Which flags a frame type has is in rules.h.
inline constexpr uint8_t kFlagNone = 0x00;
inline constexpr uint8_t kFlagEndStream = 0x01;
inline constexpr uint8_t kFlagAck = 0x01;
inline constexpr uint8_t kFlagEndHeaders = 0x04;
inline constexpr uint8_t kFlagPadded = 0x08;
inline constexpr uint8_t kFlagPriority = 0x20;

// A peer may send any other 32-bit value as well.
enum class ErrorCode : uint32_t {
  no_error = 0x00,
  protocol_error = 0x01,
  internal_error = 0x02,
  flow_control_error = 0x03,
  settings_timeout = 0x04,
  stream_closed = 0x05,
  frame_size_error = 0x06,
  refused_stream = 0x07,
  cancel = 0x08,
  compression_error = 0x09,
  connect_error = 0x0a,
  enhance_your_calm = 0x0b,
  inadequate_security = 0x0c,
  http_1_1_required = 0x0d,
};

// As wide as in the interface: what exceeds 16 bits is none of them.
enum class SettingId : int32_t {
  header_table_size = 0x01,
  enable_push = 0x02,
  max_concurrent_streams = 0x03,
  initial_window_size = 0x04,
  max_frame_size = 0x05,
  max_header_list_size = 0x06,
  enable_connect_protocol = 0x08,  // RFC 8441
  no_rfc7540_priorities = 0x09,    // RFC 9218
};

// Names as the RFCs spell them; "unknown" for a value that none of them registers.
const char* frame_type_name(uint8_t type);
const char* error_code_name(uint32_t error_code);
const char* setting_name(uint16_t id);

}  // namespace nghttp2::frame
