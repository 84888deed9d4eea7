// SPDX-License-Identifier: MIT
// Owners for libnghttp2's objects, and the options both roles share.
#pragma once

#include <nghttp2/nghttp2.h>

#include <cstdint>
#include <memory>

namespace http2 {

enum class Role { client, server };

struct SessionDeleter {
  void operator()(nghttp2_session* session) const { nghttp2_session_del(session); }
};
using SessionPtr = std::unique_ptr<nghttp2_session, SessionDeleter>;

struct SessionOptions {
  // Cap for the encoder's dynamic table, whatever the peer would allow.
  std::size_t max_encoder_table_bytes = NGHTTP2_DEFAULT_HEADER_TABLE_SIZE;
  // Client: assumed limit on concurrent streams until the peer's SETTINGS arrive.
  std::uint32_t peer_max_concurrent_streams = 100;
  // Most fields of a received section; a connection that wants to say more than a reset about too
  // many of them has a lower limit of its own.
  std::size_t max_received_fields = 4000;
  // Most CONTINUATION frames of one received header block.
  std::size_t max_continuations = 8;
  // Longest header block we send, before compression.
  std::size_t max_sent_header_block_bytes = 256 * 1024;
};

// What the session calls; `user_data` is passed through to each.
struct SessionCallbacks {
  nghttp2_on_begin_headers_callback on_begin_headers = nullptr;
  nghttp2_on_header_callback on_header = nullptr;
  nghttp2_on_data_chunk_recv_callback on_data_chunk = nullptr;
  nghttp2_on_frame_recv_callback on_frame_received = nullptr;
  nghttp2_on_invalid_frame_recv_callback on_invalid_frame = nullptr;
  nghttp2_on_frame_send_callback on_frame_sent = nullptr;
  nghttp2_on_frame_not_send_callback on_frame_not_sent = nullptr;
  nghttp2_on_stream_close_callback on_stream_closed = nullptr;
  nghttp2_send_data_callback send_data = nullptr;
  nghttp2_select_padding_callback2 select_padding = nullptr;
  nghttp2_error_callback2 on_error = nullptr;
};

// Makes a session. Throws std::bad_alloc.
SessionPtr make_session(Role role, const SessionCallbacks& callbacks, const SessionOptions& options,
                        void* user_data);

}  // namespace http2
