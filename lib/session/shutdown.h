// SPDX-License-Identifier: MIT
// How far a connection is on its way to its end (RFC 9113 §6.8).
#pragma once

#include <cstdint>

namespace nghttp2::session {

struct Shutdown {
  bool goaway_queued = false;
  bool goaway_sent = false;
  bool goaway_received = false;
  bool terminating = false;  // a final GOAWAY is queued; input is ignored
  bool terminated = false;   // it has been sent
  // The highest stream of the peer that the last GOAWAY of ours lets live, and of ours that the
  // peer's does.
  int32_t local_last_stream_id = INT32_MAX;
  int32_t remote_last_stream_id = INT32_MAX;

  bool accepts_new_streams() const { return !terminating && !terminated && !goaway_sent; }
};

}  // namespace nghttp2::session
