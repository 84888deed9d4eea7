// SPDX-License-Identifier: MIT
// Flow control at the C API: windows of the connection and of streams (RFC 9113 §5.2).
#include <algorithm>

#include "api/handle.h"

using nghttp2::Status;
using nghttp2::api::find_stream;
using nghttp2::api::to_c;
using nghttp2::session::RecvWindow;
using nghttp2::session::Session;
using nghttp2::session::Stream;

namespace {

// The window of the connection for stream 0, of the stream otherwise; nullptr if there is none.
RecvWindow* window_of(Session& session, int32_t stream_id) {
  if (stream_id == 0) return &session.recv_window;
  Stream* stream = session.streams.find(stream_id);
  return stream ? &stream->recv : nullptr;
}

}  // namespace

int nghttp2_submit_window_update(nghttp2_session* session, uint8_t, int32_t stream_id,
                                 int32_t window_size_increment) {
  Session& core = session->session;
  if (window_size_increment == 0) return 0;
  RecvWindow* window = window_of(core, stream_id);
  if (!window) return 0;
  int32_t announce;
  if (!window->adjust(window_size_increment, &announce)) return NGHTTP2_ERR_FLOW_CONTROL;
  return announce > 0 ? to_c(core.queue_window_update(stream_id, announce)) : 0;
}

int nghttp2_session_set_local_window_size(nghttp2_session* session, uint8_t, int32_t stream_id,
                                          int32_t window_size) {
  Session& core = session->session;
  if (window_size < 0) return NGHTTP2_ERR_INVALID_ARGUMENT;
  RecvWindow* window = window_of(core, stream_id);
  if (!window) return 0;
  int32_t announce;
  if (!window->set_limit(window_size, &announce)) return NGHTTP2_ERR_FLOW_CONTROL;
  if (announce > 0) return to_c(core.queue_window_update(stream_id, announce));
  if (core.options.manual_window_update) return 0;
  // A lower limit can make an update due.
  Stream* stream = stream_id == 0 ? nullptr : core.streams.find(stream_id);
  return to_c(stream ? core.receive_stream_window_bytes(*stream, 0, true)
                     : core.receive_window_bytes(0));
}

int nghttp2_session_consume(nghttp2_session* session, int32_t stream_id, size_t size) {
  Session& core = session->session;
  if (stream_id == 0) return NGHTTP2_ERR_INVALID_ARGUMENT;
  if (!core.options.manual_window_update) return NGHTTP2_ERR_INVALID_STATE;
  if (Status status = core.consume_connection(size); status != Status::ok) return to_c(status);
  Stream* stream = find_stream(session, stream_id);
  return stream ? to_c(core.consume_stream(*stream, size)) : 0;
}

int nghttp2_session_consume_connection(nghttp2_session* session, size_t size) {
  if (!session->session.options.manual_window_update) return NGHTTP2_ERR_INVALID_STATE;
  return to_c(session->session.consume_connection(size));
}

int nghttp2_session_consume_stream(nghttp2_session* session, int32_t stream_id, size_t size) {
  if (stream_id == 0) return NGHTTP2_ERR_INVALID_ARGUMENT;
  if (!session->session.options.manual_window_update) return NGHTTP2_ERR_INVALID_STATE;
  Stream* stream = find_stream(session, stream_id);
  return stream ? to_c(session->session.consume_stream(*stream, size)) : 0;
}

int32_t nghttp2_session_get_stream_effective_recv_data_length(nghttp2_session* session,
                                                              int32_t stream_id) {
  const Stream* stream = find_stream(session, stream_id);
  return stream ? std::max(0, stream->recv.received()) : -1;
}

int32_t nghttp2_session_get_stream_effective_local_window_size(nghttp2_session* session,
                                                               int32_t stream_id) {
  const Stream* stream = find_stream(session, stream_id);
  return stream ? stream->recv.limit() : -1;
}

int32_t nghttp2_session_get_stream_local_window_size(nghttp2_session* session, int32_t stream_id) {
  const Stream* stream = find_stream(session, stream_id);
  return stream ? stream->recv.available() : -1;
}

int32_t nghttp2_session_get_effective_recv_data_length(nghttp2_session* session) {
  return std::max(0, session->session.recv_window.received());
}

int32_t nghttp2_session_get_effective_local_window_size(nghttp2_session* session) {
  return session->session.recv_window.limit();
}

int32_t nghttp2_session_get_local_window_size(nghttp2_session* session) {
  const RecvWindow& window = session->session.recv_window;
  return window.limit() - window.received();
}

int32_t nghttp2_session_get_stream_remote_window_size(nghttp2_session* session, int32_t stream_id) {
  const Stream* stream = find_stream(session, stream_id);
  return stream ? std::max(0, stream->send.available()) : -1;
}

int32_t nghttp2_session_get_remote_window_size(nghttp2_session* session) {
  return session->session.send_window.available();
}
