// SPDX-License-Identifier: MIT
// Making sessions of libnghttp2.
#include "http2/session.h"

#include <new>

namespace http2 {

namespace {

struct CallbacksDeleter {
  void operator()(nghttp2_session_callbacks* callbacks) const {
    nghttp2_session_callbacks_del(callbacks);
  }
};
using CallbacksPtr = std::unique_ptr<nghttp2_session_callbacks, CallbacksDeleter>;

struct OptionDeleter {
  void operator()(nghttp2_option* option) const { nghttp2_option_del(option); }
};
using OptionPtr = std::unique_ptr<nghttp2_option, OptionDeleter>;

CallbacksPtr make_callbacks(const SessionCallbacks& from) {
  nghttp2_session_callbacks* raw = nullptr;
  if (nghttp2_session_callbacks_new(&raw) != 0) throw std::bad_alloc();
  CallbacksPtr to(raw);
  nghttp2_session_callbacks_set_on_begin_headers_callback(raw, from.on_begin_headers);
  nghttp2_session_callbacks_set_on_header_callback(raw, from.on_header);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(raw, from.on_data_chunk);
  nghttp2_session_callbacks_set_on_frame_recv_callback(raw, from.on_frame_received);
  nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(raw, from.on_invalid_frame);
  nghttp2_session_callbacks_set_on_frame_send_callback(raw, from.on_frame_sent);
  nghttp2_session_callbacks_set_on_frame_not_send_callback(raw, from.on_frame_not_sent);
  nghttp2_session_callbacks_set_on_stream_close_callback(raw, from.on_stream_closed);
  nghttp2_session_callbacks_set_send_data_callback(raw, from.send_data);
  if (from.select_padding != nullptr) {
    nghttp2_session_callbacks_set_select_padding_callback2(raw, from.select_padding);
  }
  nghttp2_session_callbacks_set_error_callback2(raw, from.on_error);
  return to;
}

OptionPtr make_option(Role role, const SessionOptions& from) {
  nghttp2_option* raw = nullptr;
  if (nghttp2_option_new(&raw) != 0) throw std::bad_alloc();
  OptionPtr to(raw);
  nghttp2_option_set_no_auto_window_update(raw, 1);
  nghttp2_option_set_strict_stream_states(raw, 1);
  nghttp2_option_set_max_header_fields(raw, from.max_received_fields);
  nghttp2_option_set_max_continuations(raw, from.max_continuations);
  nghttp2_option_set_max_deflate_dynamic_table_size(raw, from.max_encoder_table_bytes);
  nghttp2_option_set_max_send_header_block_length(raw, from.max_sent_header_block_bytes);
  if (role == Role::client) {
    nghttp2_option_set_peer_max_concurrent_streams(raw, from.peer_max_concurrent_streams);
    nghttp2_option_set_builtin_recv_extension_type(raw, NGHTTP2_ALTSVC);
    nghttp2_option_set_builtin_recv_extension_type(raw, NGHTTP2_ORIGIN);
  } else {
    nghttp2_option_set_small_data_rate_limit(raw, 100000, 20000);
    // Requests that we are made to cancel cost what those cost that the client cancels.
    nghttp2_option_set_forced_reset_rate_limit(raw, 1000, 33);
    nghttp2_option_set_builtin_recv_extension_type(raw, NGHTTP2_PRIORITY_UPDATE);
  }
  return to;
}

}  // namespace

SessionPtr make_session(Role role, const SessionCallbacks& callbacks, const SessionOptions& options,
                        void* user_data) {
  const CallbacksPtr callback_table = make_callbacks(callbacks);
  const OptionPtr option = make_option(role, options);
  nghttp2_session* session = nullptr;
  const auto create =
      role == Role::client ? nghttp2_session_client_new2 : nghttp2_session_server_new2;
  if (create(&session, callback_table.get(), user_data, option.get()) != 0) throw std::bad_alloc();
  return SessionPtr(session);
}

}  // namespace http2
