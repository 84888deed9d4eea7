// SPDX-License-Identifier: MIT
// The transition matrix of RFC 9113 §5.1.
#include "session/stream_state.h"

#include "base/table.h"

namespace nghttp2::session {
namespace {

using enum StreamState;

constexpr Transition to(StreamState state) {
  return {state, Status::ok};
}
// PROTOCOL_ERROR: the peer uses a stream that it must not use so.
constexpr Transition kWrong = {closed, Status::protocol};
// STREAM_CLOSED: the peer goes on after it has ended the stream.
constexpr Transition kEnded = {closed, Status::stream_closed};
// Our own attempt.
constexpr Transition kRefused = {closed, Status::invalid_stream_state};

using Row = Table<Transition, kStreamEvents>;

// clang-format off
constexpr Table<Row, 7> kMatrix = {{
  //                      send headers              recv headers              send push promise    recv push promise
  //                      send end stream           recv end stream           recv data            reset
  /* idle */              {{to(open),               to(open),                 to(reserved_local),  to(reserved_remote),
                           kRefused,                kWrong,                   kWrong,              kWrong}},
  /* open */              {{to(open),               to(open),                 kRefused,            kWrong,
                           to(half_closed_local),   to(half_closed_remote),   to(open),            to(closed)}},
  /* reserved_local */    {{to(half_closed_remote), kWrong,                   kRefused,            kWrong,
                           kRefused,                kWrong,                   kWrong,              to(closed)}},
  /* reserved_remote */   {{kRefused,               to(half_closed_local),    kRefused,            kWrong,
                           kRefused,                kWrong,                   kWrong,              to(closed)}},
  /* half_closed_local */ {{kRefused,               to(half_closed_local),    kRefused,            kWrong,
                           kRefused,                to(closed),               to(half_closed_local), to(closed)}},
  /* half_closed_remote */{{to(half_closed_remote), kEnded,                   kRefused,            kEnded,
                           to(closed),              kEnded,                   kEnded,              to(closed)}},
  /* closed */            {{kRefused,               kEnded,                   kRefused,            kEnded,
                           kRefused,                kEnded,                   kEnded,              to(closed)}},
}};
// clang-format on

}  // namespace

Transition transition(StreamState state, StreamEvent event) {
  return kMatrix[size_t(state) - 1][size_t(event)];
}

const char* state_name(StreamState state) {
  constexpr Table<const char*, 7> kNames = {{"idle", "open", "reserved_local", "reserved_remote",
                                             "half_closed_local", "half_closed_remote", "closed"}};
  return kNames[size_t(state) - 1];
}

const char* event_name(StreamEvent event) {
  constexpr Table<const char*, kStreamEvents> kNames = {
      {"send_headers", "recv_headers", "send_push_promise", "recv_push_promise", "send_end_stream",
       "recv_end_stream", "recv_data", "reset"}};
  return kNames[size_t(event)];
}

}  // namespace nghttp2::session
