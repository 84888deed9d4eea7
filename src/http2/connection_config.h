// SPDX-License-Identifier: MIT
// What the owner of an HTTP/2 connection can choose, and the limits it sets.
#pragma once

#include <nghttp2/nghttp2.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "http/body.h"
#include "http2/frame_log.h"
#include "http2/octet_observer.h"
#include "http2/session.h"

namespace http2 {

// Durations of zero mean no limit.
struct ConnectionConfig {
  // Sent in this order in the first SETTINGS frame.
  std::vector<nghttp2_settings_entry> settings;
  std::uint32_t connection_window = NGHTTP2_INITIAL_CONNECTION_WINDOW_SIZE;
  SessionOptions session;
  // Most octets of padding per frame.
  std::size_t padding = 0;
  // Limits on what one field section may occupy once decoded: the sum of name, value and 32 per
  // field (RFC 9113 §6.5.2), and the number of fields.
  std::size_t max_field_section_bytes = 64 * 1024;
  std::size_t max_fields = 1000;
  // Octets that may wait in one stream to be sent.
  std::size_t stream_buffer_bytes = 64 * 1024;
  std::chrono::milliseconds settings_timeout = std::chrono::seconds(10);
  // How long a peer may leave us waiting for the rest of its message.
  std::chrono::milliseconds stream_read_timeout{0};
  // How long a peer may need to take this much of what waits for it, or all of it: in a stream by
  // its window, in the connection by its window and by what it reads. WINDOW_UPDATE alone is no
  // progress.
  std::chrono::milliseconds stream_write_timeout{0};
  std::size_t least_write_progress = 1024;
  // How long a connection without streams may stay silent.
  std::chrono::milliseconds idle_timeout{0};
  // The frame trace, if wanted.
  std::shared_ptr<FrameLog> log;
  // Sees what passes, if anybody wants to.
  std::shared_ptr<OctetObserver> observer;
  // Sees every input octet before it is parsed.
  std::function<void(http::Bytes)> on_raw_input;
};

// Connections of one kind may share theirs.
using SharedConfig = std::shared_ptr<const ConnectionConfig>;

}  // namespace http2
