// SPDX-License-Identifier: MIT
// The life cycle of a stream as a matrix (RFC 9113 §5.1): illegal unless listed.
#pragma once

#include <cstdint>

#include "base/status.h"

namespace nghttp2::session {

// The states of RFC 9113 §5.1, with the numbers that nghttp2_stream_get_state reports.
enum class StreamState : uint8_t {
  idle = 1,
  open = 2,
  reserved_local = 3,
  reserved_remote = 4,
  half_closed_local = 5,
  half_closed_remote = 6,
  closed = 7,
};

enum class StreamEvent : uint8_t {
  send_headers,
  recv_headers,
  send_push_promise,  // the stream is the promised one
  recv_push_promise,
  send_end_stream,
  recv_end_stream,
  recv_data,
  reset,  // RST_STREAM in either direction
};
inline constexpr unsigned kStreamEvents = 8;

// The state after the event, or what is wrong with it: Status::protocol or Status::stream_closed
// for received frames, Status::invalid_stream_state for our own.
struct Transition {
  StreamState next;
  Status fault;
};
Transition transition(StreamState state, StreamEvent event);

const char* state_name(StreamState state);
const char* event_name(StreamEvent event);

}  // namespace nghttp2::session
