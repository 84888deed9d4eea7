// SPDX-License-Identifier: MIT
// Priorities at the C API: the RFC 7540 tree and RFC 9218 urgency.
#include "http/priority.h"
#include "api/handle.h"

using nghttp2::Status;
using nghttp2::api::to_c;
using nghttp2::session::DependencyTree;
using nghttp2::session::Node;
using nghttp2::session::Session;
using nghttp2::session::Stream;

namespace {

const Node& node_of(const nghttp2_stream* stream) {
  return *static_cast<const Node*>(stream);
}
nghttp2_stream* handle_of(Node* node) {
  return node;
}

// RFC 7540 priorities are out of use when we have announced RFC 9218.
bool ignores_dependencies(const Session& session) {
  return session.settings.pending_no_rfc7540_priorities == 1;
}

}  // namespace

void nghttp2_priority_spec_init(nghttp2_priority_spec* pri_spec, int32_t stream_id, int32_t weight,
                                int exclusive) {
  *pri_spec = {stream_id, weight, uint8_t(exclusive != 0)};
}

void nghttp2_priority_spec_default_init(nghttp2_priority_spec* pri_spec) {
  *pri_spec = nghttp2::session::kDefaultPriority;
}

int nghttp2_priority_spec_check_default(const nghttp2_priority_spec* pri_spec) {
  return pri_spec->stream_id == 0 && pri_spec->weight == NGHTTP2_DEFAULT_WEIGHT &&
         pri_spec->exclusive == 0;
}

int nghttp2_session_change_stream_priority(nghttp2_session* session, int32_t stream_id,
                                           const nghttp2_priority_spec* pri_spec) {
  Session& core = session->session;
  if (ignores_dependencies(core)) return 0;
  if (stream_id == 0 || stream_id == pri_spec->stream_id) return NGHTTP2_ERR_INVALID_ARGUMENT;
  Stream* stream = core.streams.find_any(stream_id);
  if (!stream) return NGHTTP2_ERR_INVALID_ARGUMENT;
  return to_c(core.change_dependency(*stream, *pri_spec));
}

int nghttp2_session_create_idle_stream(nghttp2_session* session, int32_t stream_id,
                                       const nghttp2_priority_spec* pri_spec) {
  Session& core = session->session;
  if (ignores_dependencies(core)) return 0;
  if (stream_id <= 0 || stream_id == pri_spec->stream_id || !core.is_idle(stream_id) ||
      core.streams.find_any(stream_id)) {
    return NGHTTP2_ERR_INVALID_ARGUMENT;
  }
  return to_c(core.create_idle_stream(stream_id, *pri_spec));
}

nghttp2_stream* nghttp2_session_get_root_stream(nghttp2_session* session) {
  Session& core = session->session;
  // Whoever looks at the tree shall find the streams in it. Without memory for it the root has no
  // children, as before.
  if (!core.uses_urgency()) (void)core.use_dependency_tree();
  return handle_of(&core.streams.scheduler.tree().root());
}

nghttp2_stream* nghttp2_stream_get_parent(nghttp2_stream* stream) {
  const Node& node = node_of(stream);
  Node* parent = node.dependency ? DependencyTree::parent(node) : node.implied_parent;
  return parent ? handle_of(parent) : nullptr;
}

nghttp2_stream* nghttp2_stream_get_next_sibling(nghttp2_stream* stream) {
  const Node& node = node_of(stream);
  return node.dependency ? handle_of(DependencyTree::next_sibling(node)) : nullptr;
}

nghttp2_stream* nghttp2_stream_get_previous_sibling(nghttp2_stream* stream) {
  const Node& node = node_of(stream);
  return node.dependency ? handle_of(DependencyTree::previous_sibling(node)) : nullptr;
}

nghttp2_stream* nghttp2_stream_get_first_child(nghttp2_stream* stream) {
  const Node& node = node_of(stream);
  return node.dependency ? handle_of(DependencyTree::first_child(node)) : nullptr;
}

int32_t nghttp2_stream_get_weight(nghttp2_stream* stream) {
  const Node& node = node_of(stream);
  return node.dependency ? DependencyTree::weight(node) : NGHTTP2_DEFAULT_WEIGHT;
}

int32_t nghttp2_stream_get_sum_dependency_weight(nghttp2_stream* stream) {
  const Node& node = node_of(stream);
  return node.dependency ? DependencyTree::sum_child_weight(node) : 0;
}

int nghttp2_session_change_extpri_stream_priority(nghttp2_session* session, int32_t stream_id,
                                                  const nghttp2_extpri* extpri,
                                                  int ignore_client_signal) {
  Session& core = session->session;
  if (!core.is_server()) return NGHTTP2_ERR_INVALID_STATE;
  if (core.settings.pending_no_rfc7540_priorities != 1) return 0;
  if (stream_id == 0) return NGHTTP2_ERR_INVALID_ARGUMENT;
  Stream* stream = core.streams.find_any(stream_id);
  if (!stream) return NGHTTP2_ERR_INVALID_ARGUMENT;
  nghttp2_extpri priority = *extpri;
  if (priority.urgency > NGHTTP2_EXTPRI_URGENCY_LOW) priority.urgency = NGHTTP2_EXTPRI_URGENCY_LOW;
  if (ignore_client_signal) stream->set(Stream::kIgnorePriority);
  core.change_urgency(*stream, priority);
  return 0;
}

int nghttp2_session_get_extpri_stream_priority(nghttp2_session* session, nghttp2_extpri* extpri,
                                               int32_t stream_id) {
  Session& core = session->session;
  if (!core.is_server()) return NGHTTP2_ERR_INVALID_STATE;
  if (core.settings.pending_no_rfc7540_priorities != 1) return 0;
  if (stream_id == 0) return NGHTTP2_ERR_INVALID_ARGUMENT;
  const Stream* stream = core.streams.find_any(stream_id);
  if (!stream) return NGHTTP2_ERR_INVALID_ARGUMENT;
  *extpri = {stream->urgency, stream->incremental};
  return 0;
}

int nghttp2_extpri_parse_priority(nghttp2_extpri* extpri, const uint8_t* value, size_t len) {
  nghttp2_extpri parsed = *extpri;
  if (!nghttp2::http::parse_priority({value, len}, parsed)) return NGHTTP2_ERR_INVALID_ARGUMENT;
  *extpri = parsed;
  return 0;
}
