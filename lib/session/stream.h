// SPDX-License-Identifier: MIT
// One stream: what a connection remembers of it (RFC 9113 §5).
#pragma once

#include "http/message_rules.h"
#include "session/events.h"
#include "session/flow_window.h"
#include "session/schedule/node.h"
#include "session/stream_state.h"

namespace nghttp2::session {

struct Stream : Node {
  enum Flag : uint16_t {
    kAnswered = 1 << 0,         // the response, or on the requesting side its head, has begun
    kResetQueued = 1 << 1,      // RST_STREAM waits to be sent; nothing else matters any more
    kReserved = 1 << 2,         // promised and not counted among the concurrent streams yet
    kHasBody = 1 << 3,          // body is the application's; DATA is to be sent
    kBodyDeferred = 1 << 4,     // the application has no bytes now
    kWindowExhausted = 1 << 5,  // the peer's stream window has no room
    kEndsWithBody = 1 << 6,     // the last DATA frame carries END_STREAM
    kUpdateQueued = 1 << 7,     // WINDOW_UPDATE waits to be sent
    kIgnorePriority = 1 << 8,   // RFC 9218 priorities come from the application only
  };

  Stream(int32_t id, StreamState s, int32_t send_window, int32_t recv_window, void* data)
      : user_data(data), send(send_window), recv(recv_window), state(s) {
    stream_id = id;
  }

  bool has(Flag flag) const { return (flags & flag) != 0; }
  void set(Flag flag) { flags |= flag; }
  void clear(Flag flag) { flags &= uint16_t(~flag); }

  bool is_idle() const { return state == StreamState::idle; }
  // The peer will send nothing more.
  bool is_remote_closed() const {
    return state == StreamState::half_closed_remote || state == StreamState::closed ||
           state == StreamState::reserved_local;
  }
  // We will send nothing more.
  bool is_local_closed() const {
    return state == StreamState::half_closed_local || state == StreamState::closed ||
           state == StreamState::reserved_remote;
  }
  bool is_body_blocked() const { return has(kBodyDeferred) || has(kWindowExhausted); }

  void* user_data;
  BodySource body{};
  http::MessageState incoming;  // the message that the peer sends
  SendWindow send;
  RecvWindow recv;
  uint16_t flags = 0;
  StreamState state;
};

}  // namespace nghttp2::session
