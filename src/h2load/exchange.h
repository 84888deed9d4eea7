// SPDX-License-Identifier: MIT
// A request on its way, and what has come back for it.
#pragma once

#include <cstdint>

#include "h2load/request.h"
#include "net/loop.h"

namespace h2load {

using TimePoint = net::Clock::time_point;

class ResponseObserver;

struct Exchange {
  const Request* request = nullptr;
  // Who wants to know what comes back, if anybody does.
  ResponseObserver* observer = nullptr;
  // When the plan wanted it to begin, and when it was given to the connection.
  TimePoint intended;
  TimePoint started;
  TimePoint first_byte;  // of the final response's head
  // How long its content has waited for the peer's window.
  net::Clock::duration stalled{0};
  TimePoint stalled_since;
  std::size_t body_sent = 0;
  // Flow control of HTTP/2: what may be sent, and what came since the last WINDOW_UPDATE.
  std::int64_t send_window = 0;
  std::int64_t unacknowledged = 0;
  // The content that came, and what its head said of it, or -1.
  std::uint64_t received = 0;
  std::int64_t expected_length = -1;
  int status = 0;  // 0: no final response head yet
  // From the trailers, or -1. Only gRPC has it.
  int grpc_status = -1;
  std::int32_t stream_id = 0;
  bool response_ended = false;  // although its own content has not been sent to the end
  bool reset = false;           // by the server
  bool timed_out = false;       // given up by us
  // Begun in the warm-up: it does not count.
  bool ignored = false;
  // Where it is in the connection's list of exchanges.
  std::uint32_t index = 0;
};

// How an exchange has ended.
enum class Ending {
  complete,    // the response came to its end
  reset,       // the stream ended early, by the server's will or for its faults
  unprocessed  // the server said that it had not looked at it: it may be sent again
};

}  // namespace h2load
