// SPDX-License-Identifier: MIT
// nghttp2_submit_*: frames about the connection and about priorities.
#include "api/handle.h"
#include "frame/write.h"

using nghttp2::Bytes;
using nghttp2::copy_bytes;
using nghttp2::Slice;
using nghttp2::Status;
using nghttp2::api::to_c;
using nghttp2::frame::FrameType;
using nghttp2::session::Lane;
using nghttp2::session::OutboundItem;
using nghttp2::session::Session;
using nghttp2::session::Shutdown;

namespace {

constexpr size_t kMaxPayload = nghttp2::frame::kMinMaxFrameSize;

// An item with room for size bytes that it owns; nullptr when there is no memory.
OutboundItem* make_item(Session& session, uint8_t type, uint8_t flags, int32_t stream_id,
                        size_t size) {
  OutboundItem* item = session.outbox.create(FrameType(type), flags, stream_id);
  if (!item || size == 0) return item;
  item->block = session.allocator.allocate(size);
  if (item->block) return item;
  session.outbox.destroy(item);
  return nullptr;
}

}  // namespace

int nghttp2_submit_ping(nghttp2_session* session, uint8_t flags, const uint8_t* opaque_data) {
  return to_c(session->session.queue_ping(flags & NGHTTP2_FLAG_ACK, opaque_data));
}

int nghttp2_submit_goaway(nghttp2_session* session, uint8_t, int32_t last_stream_id,
                          uint32_t error_code, const uint8_t* opaque_data, size_t opaque_data_len) {
  Session& core = session->session;
  if (core.shutdown.terminating) return 0;
  return to_c(core.queue_goaway(last_stream_id, error_code, {opaque_data, opaque_data_len}, 0));
}

int nghttp2_submit_shutdown_notice(nghttp2_session* session) {
  Session& core = session->session;
  if (!core.is_server()) return NGHTTP2_ERR_INVALID_STATE;
  const Shutdown& shutdown = core.shutdown;
  if (shutdown.goaway_queued || shutdown.goaway_received) return 0;
  return to_c(
      core.queue_goaway(INT32_MAX, NGHTTP2_NO_ERROR, Bytes(), OutboundItem::kShutdownNotice));
}

int nghttp2_submit_priority(nghttp2_session* session, uint8_t, int32_t stream_id,
                            const nghttp2_priority_spec* pri_spec) {
  Session& core = session->session;
  if (core.settings.remote.no_rfc7540_priorities == 1) return 0;
  if (stream_id <= 0 || !pri_spec || stream_id == pri_spec->stream_id) {
    return NGHTTP2_ERR_INVALID_ARGUMENT;
  }
  OutboundItem* item = make_item(core, NGHTTP2_PRIORITY, NGHTTP2_FLAG_NONE, stream_id, 0);
  if (!item) return NGHTTP2_ERR_NOMEM;
  item->frame.head.length = nghttp2::frame::kPrioritySpecSize;
  item->frame.priority = *pri_spec;
  int32_t& weight = item->frame.priority.weight;
  if (weight < NGHTTP2_MIN_WEIGHT) weight = NGHTTP2_MIN_WEIGHT;
  if (weight > NGHTTP2_MAX_WEIGHT) weight = NGHTTP2_MAX_WEIGHT;
  return to_c(core.queue(item, Lane::control));
}

int nghttp2_submit_extension(nghttp2_session* session, uint8_t type, uint8_t flags,
                             int32_t stream_id, void* payload) {
  if (type <= NGHTTP2_CONTINUATION) return NGHTTP2_ERR_INVALID_ARGUMENT;
  if (!session->bridge.packs_extensions()) return NGHTTP2_ERR_INVALID_STATE;
  OutboundItem* item = make_item(session->session, type, flags, stream_id, 0);
  if (!item) return NGHTTP2_ERR_NOMEM;
  item->frame.is_application_payload = true;
  item->frame.extension = payload;
  return to_c(session->session.queue(item, Lane::control));
}

int nghttp2_submit_altsvc(nghttp2_session* session, uint8_t, int32_t stream_id,
                          const uint8_t* origin, size_t origin_len, const uint8_t* field_value,
                          size_t field_value_len) {
  Session& core = session->session;
  if (!core.is_server()) return NGHTTP2_ERR_INVALID_STATE;
  if (origin_len > kMaxPayload || field_value_len > kMaxPayload ||
      2 + origin_len + field_value_len > kMaxPayload) {
    return NGHTTP2_ERR_INVALID_ARGUMENT;
  }
  // RFC 7838 §4: the origin is that of the stream, or given.
  if ((stream_id == 0) == (origin_len == 0)) return NGHTTP2_ERR_INVALID_ARGUMENT;
  OutboundItem* item =
      make_item(core, NGHTTP2_ALTSVC, NGHTTP2_FLAG_NONE, stream_id, origin_len + field_value_len);
  if (!item) return NGHTTP2_ERR_NOMEM;
  auto* bytes = static_cast<uint8_t*>(item->block);
  copy_bytes(copy_bytes(bytes, {origin, origin_len}), {field_value, field_value_len});
  item->frame.head.length = uint32_t(2 + origin_len + field_value_len);
  item->frame.altsvc = {{bytes, origin_len}, {bytes + origin_len, field_value_len}};
  return to_c(core.queue(item, Lane::control));
}

int nghttp2_submit_origin(nghttp2_session* session, uint8_t, const nghttp2_origin_entry* ov,
                          size_t nov) {
  Session& core = session->session;
  if (!core.is_server()) return NGHTTP2_ERR_INVALID_STATE;
  size_t length = 0;
  for (size_t i = 0; i < nov; ++i) {
    if (ov[i].origin_len > kMaxPayload) return NGHTTP2_ERR_INVALID_ARGUMENT;
    length += 2 + ov[i].origin_len;
    if (length > kMaxPayload) return NGHTTP2_ERR_INVALID_ARGUMENT;
  }
  const size_t block_size = nov * sizeof(nghttp2_origin_entry) + length;
  OutboundItem* item = make_item(core, NGHTTP2_ORIGIN, NGHTTP2_FLAG_NONE, 0, block_size);
  if (!item) return NGHTTP2_ERR_NOMEM;
  auto* entries = static_cast<nghttp2_origin_entry*>(item->block);
  auto* bytes = reinterpret_cast<uint8_t*>(entries + nov);
  for (size_t i = 0; i < nov; ++i) {
    entries[i] = {bytes, ov[i].origin_len};
    bytes = copy_bytes(bytes, {ov[i].origin, ov[i].origin_len});
  }
  item->frame.head.length = uint32_t(length);
  item->frame.origin = {entries, nov};
  return to_c(core.queue(item, Lane::control));
}

int nghttp2_submit_priority_update(nghttp2_session* session, uint8_t, int32_t stream_id,
                                   const uint8_t* field_value, size_t field_value_len) {
  Session& core = session->session;
  if (core.is_server()) return NGHTTP2_ERR_INVALID_STATE;
  if (core.settings.remote.no_rfc7540_priorities == 0) return 0;
  if (stream_id == 0 || field_value_len + 4 > kMaxPayload) return NGHTTP2_ERR_INVALID_ARGUMENT;
  OutboundItem* item =
      make_item(core, NGHTTP2_PRIORITY_UPDATE, NGHTTP2_FLAG_NONE, 0, field_value_len);
  if (!item) return NGHTTP2_ERR_NOMEM;
  auto* bytes = static_cast<uint8_t*>(item->block);
  copy_bytes(bytes, {field_value, field_value_len});
  item->frame.head.length = uint32_t(4 + field_value_len);
  item->frame.priority_update = {stream_id, {bytes, field_value_len}};
  return to_c(core.queue(item, Lane::control));
}
