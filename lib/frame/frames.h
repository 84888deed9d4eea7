// SPDX-License-Identifier: MIT
// The payloads of frames as plain values (RFC 9113 §6; RFC 7838, 8336, 9218). Bytes in them point
// into the buffer that they were parsed from.
#pragma once

#include "base/bytes.h"
#include "base/vocabulary.h"
#include "frame/rules.h"

namespace nghttp2::frame {

struct Priority {
  PrioritySpec spec;  // weight 1 to 256
};

struct RstStream {
  uint32_t error_code;
};

struct PushPromise {
  int32_t promised_stream_id;
};

struct Ping {
  uint8_t opaque_data[8];
};

struct Goaway {
  int32_t last_stream_id;
  uint32_t error_code;
  Bytes debug_data;
};

struct WindowUpdate {
  int32_t increment;  // 0 to 2^31-1; 0 is an error of the sender
};

struct Altsvc {
  Bytes origin;
  Bytes field_value;
};

struct PriorityUpdate {
  int32_t prioritized_stream_id;
  Bytes field_value;
};

}  // namespace nghttp2::frame
