// SPDX-License-Identifier: MIT
// Streams at the C API: state, user data, identifiers.
#include "api/handle.h"

using nghttp2::api::find_stream;
using nghttp2::session::DependencyTree;
using nghttp2::session::Node;
using nghttp2::session::OutboundItem;
using nghttp2::session::Session;
using nghttp2::session::Stream;
using nghttp2::session::StreamState;

namespace {

// The root of the dependency tree is a node but not a stream.
const Node& node_of(const nghttp2_stream* stream) {
  return *static_cast<const Node*>(stream);
}
Stream* stream_of(nghttp2_stream* stream) {
  return static_cast<Stream*>(static_cast<Node*>(stream));
}

}  // namespace

nghttp2_stream* nghttp2_session_find_stream(nghttp2_session* session, int32_t stream_id) {
  if (stream_id == 0) return nghttp2_session_get_root_stream(session);
  return session->session.streams.find_any(stream_id);
}

nghttp2_stream_proto_state nghttp2_stream_get_state(nghttp2_stream* stream) {
  if (node_of(stream).stream_id == 0) return NGHTTP2_STREAM_STATE_IDLE;
  const StreamState state = stream_of(stream)->state;
  // Ended by both sides, but RST_STREAM or on_stream_close is still to come.
  if (state == StreamState::closed) return NGHTTP2_STREAM_STATE_HALF_CLOSED_REMOTE;
  return nghttp2_stream_proto_state(state);
}

int32_t nghttp2_stream_get_stream_id(nghttp2_stream* stream) {
  return node_of(stream).stream_id;
}

void* nghttp2_session_get_stream_user_data(nghttp2_session* session, int32_t stream_id) {
  const Stream* stream = find_stream(session, stream_id);
  return stream ? stream->user_data : nullptr;
}

int nghttp2_session_set_stream_user_data(nghttp2_session* session, int32_t stream_id,
                                         void* stream_user_data) {
  if (Stream* stream = find_stream(session, stream_id)) {
    stream->user_data = stream_user_data;
    return 0;
  }
  OutboundItem* item = session->session.outbox.find_opening(stream_id);
  if (!item || session->session.is_server()) return NGHTTP2_ERR_INVALID_ARGUMENT;
  item->stream_user_data = stream_user_data;
  return 0;
}

void nghttp2_session_set_user_data(nghttp2_session* session, void* user_data) {
  session->bridge.user_data = user_data;
}

size_t nghttp2_session_get_outbound_queue_size(nghttp2_session* session) {
  return session->session.outbox.size();
}

int nghttp2_session_get_stream_local_close(nghttp2_session* session, int32_t stream_id) {
  const Stream* stream = find_stream(session, stream_id);
  return stream ? stream->is_local_closed() : -1;
}

int nghttp2_session_get_stream_remote_close(nghttp2_session* session, int32_t stream_id) {
  const Stream* stream = find_stream(session, stream_id);
  return stream ? stream->is_remote_closed() : -1;
}

size_t nghttp2_session_get_hd_inflate_dynamic_table_size(nghttp2_session* session) {
  return session->session.inflater.dynamic_table_size();
}

size_t nghttp2_session_get_hd_deflate_dynamic_table_size(nghttp2_session* session) {
  return session->session.deflater.dynamic_table_size();
}

int nghttp2_session_set_next_stream_id(nghttp2_session* session, int32_t next_stream_id) {
  Session& core = session->session;
  if (next_stream_id <= 0 || !core.is_local(next_stream_id) || core.next_stream_id < 0 ||
      core.next_stream_id > next_stream_id) {
    return NGHTTP2_ERR_INVALID_ARGUMENT;
  }
  core.next_stream_id = next_stream_id;
  return 0;
}

uint32_t nghttp2_session_get_next_stream_id(nghttp2_session* session) {
  return uint32_t(session->session.next_stream_id);
}

int32_t nghttp2_session_get_last_proc_stream_id(nghttp2_session* session) {
  return session->session.last_processed_stream_id;
}

int nghttp2_session_check_request_allowed(nghttp2_session* session) {
  const Session& core = session->session;
  return !core.is_server() && core.next_stream_id > 0 && !core.shutdown.goaway_received &&
         !core.shutdown.terminating && !core.is_closing();
}

int nghttp2_session_check_server_session(nghttp2_session* session) {
  return session->session.is_server();
}
