// SPDX-License-Identifier: MIT
// One session under test, whose peer the test plays itself.
#pragma once

#include <nghttp2/nghttp2.h>

#include <string>
#include <vector>

#include "support/alloc_probe.h"
#include "support/recorder.h"
#include "support/wire.h"

namespace support {

enum class Side { client, server };

// A session whose connection is established: both SETTINGS are exchanged and acknowledged.
class Single {
 public:
  explicit Single(Side side, nghttp2_option* option = nullptr,
                  const std::vector<nghttp2_settings_entry>& settings = {},
                  const OptionalCallbacks& wanted = {}, const std::vector<Setting>& peer = {});
  Single(const Single&) = delete;
  Single& operator=(const Single&) = delete;
  ~Single();

  // Gives the session bytes of its peer; answers what nghttp2_session_mem_recv answers.
  long feed(const std::string& bytes);
  long feed(const Wire& wire) { return feed(wire.bytes()); }

  // Sends all there is, and answers the frames and events since the last call, one a line.
  std::string lines();

  nghttp2_session* session = nullptr;
  Recorder log;
  AllocProbe probe;
};

// A request without a body that the client side has sent; answers its stream.
std::int32_t send_request(Single& client);

// A request to the server side that is not complete yet.
void receive_request(Single& server, std::int32_t stream_id);

}  // namespace support
