// SPDX-License-Identifier: MIT
// nghttp2_submit_*: frames that open, continue and close streams.
#include "api/field_list.h"

using nghttp2::FieldView;
using nghttp2::Slice;
using nghttp2::Status;
using nghttp2::api::copy_fields;
using nghttp2::frame::FrameType;
using nghttp2::session::BodySource;
using nghttp2::session::HeadersCategory;
using nghttp2::session::kDefaultPriority;
using nghttp2::session::Lane;
using nghttp2::session::OutboundItem;
using nghttp2::session::Session;
using nghttp2::session::Stream;

namespace {

BodySource body_of(const nghttp2_data_provider2* provider) {
  if (!provider || !provider->read_callback) return {};
  return {provider->source, reinterpret_cast<void (*)()>(provider->read_callback)};
}

// What HEADERS shall look like; the rest follows from the stream.
struct HeadersRequest {
  int32_t stream_id;  // -1: a new stream
  uint8_t flags;
  const nghttp2_priority_spec* priority;  // nullptr or a non-default one
  Slice<const FieldView> fields;
  BodySource body;
  void* stream_user_data;
};

// The priority that is worth sending, or nullptr.
const nghttp2_priority_spec* effective_priority(const Session& session,
                                                const nghttp2_priority_spec* priority) {
  if (!priority || nghttp2_priority_spec_check_default(priority) ||
      session.settings.remote.no_rfc7540_priorities == 1) {
    return nullptr;
  }
  return priority;
}

Lane lane_of(Session& session, int32_t stream_id, HeadersCategory category) {
  if (category == HeadersCategory::request) return Lane::opening;
  const Stream* stream = session.streams.find(stream_id);
  const bool opens_promised =
      stream && stream->has(Stream::kReserved) && !stream->has(Stream::kResetQueued);
  return opens_promised ? Lane::opening : Lane::control;
}

int32_t submit_headers(Session& session, const HeadersRequest& request) {
  const bool opens = request.stream_id == -1;
  if (opens && session.next_stream_id < 0) return NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE;
  const int32_t stream_id = opens ? session.next_stream_id : request.stream_id;
  OutboundItem* item = session.outbox.create(FrameType::headers, request.flags, stream_id);
  if (!item) return NGHTTP2_ERR_NOMEM;
  Slice<const FieldView> fields;
  if (!copy_fields(session.outbox, *item, request.fields, &fields)) {
    session.outbox.destroy(item);
    return NGHTTP2_ERR_NOMEM;
  }
  item->frame.head.flags |= NGHTTP2_FLAG_END_HEADERS;
  item->frame.headers = {kDefaultPriority, fields,
                         opens ? HeadersCategory::request : HeadersCategory::headers};
  if (request.priority) {
    item->frame.head.flags |= NGHTTP2_FLAG_PRIORITY;
    item->frame.headers.priority = *request.priority;
    int32_t& weight = item->frame.headers.priority.weight;
    if (weight < NGHTTP2_MIN_WEIGHT) weight = NGHTTP2_MIN_WEIGHT;
    if (weight > NGHTTP2_MAX_WEIGHT) weight = NGHTTP2_MAX_WEIGHT;
  }
  if (request.body.read) {
    item->flags |= OutboundItem::kHasBody;
    item->body = request.body;
  }
  item->stream_user_data = request.stream_user_data;
  // Past the last identifier the sum becomes negative, which means that none is left.
  if (opens) session.next_stream_id = int32_t(uint32_t(stream_id) + 2);
  const Lane lane = lane_of(session, stream_id, item->frame.headers.category);
  const Status status = session.queue(item, lane);
  if (status != Status::ok) return nghttp2::api::to_c(status);
  return opens ? stream_id : 0;
}

}  // namespace

int32_t nghttp2_submit_request2(nghttp2_session* session, const nghttp2_priority_spec* pri_spec,
                                const nghttp2_nv* nva, size_t nvlen,
                                const nghttp2_data_provider2* data_prd, void* stream_user_data) {
  Session& core = session->session;
  if (core.is_server()) return NGHTTP2_ERR_PROTO;
  const nghttp2_priority_spec* priority = effective_priority(core, pri_spec);
  if (priority && priority->stream_id == core.next_stream_id) return NGHTTP2_ERR_INVALID_ARGUMENT;
  const BodySource body = body_of(data_prd);
  const uint8_t flags = body.read ? NGHTTP2_FLAG_NONE : NGHTTP2_FLAG_END_STREAM;
  return submit_headers(core, {-1, flags, priority, {nva, nvlen}, body, stream_user_data});
}

int nghttp2_submit_response2(nghttp2_session* session, int32_t stream_id, const nghttp2_nv* nva,
                             size_t nvlen, const nghttp2_data_provider2* data_prd) {
  if (stream_id <= 0) return NGHTTP2_ERR_INVALID_ARGUMENT;
  if (!session->session.is_server()) return NGHTTP2_ERR_PROTO;
  const BodySource body = body_of(data_prd);
  const uint8_t flags = body.read ? NGHTTP2_FLAG_NONE : NGHTTP2_FLAG_END_STREAM;
  return submit_headers(session->session, {stream_id, flags, nullptr, {nva, nvlen}, body, nullptr});
}

int nghttp2_submit_trailer(nghttp2_session* session, int32_t stream_id, const nghttp2_nv* nva,
                           size_t nvlen) {
  if (stream_id <= 0) return NGHTTP2_ERR_INVALID_ARGUMENT;
  return submit_headers(session->session,
                        {stream_id, NGHTTP2_FLAG_END_STREAM, nullptr, {nva, nvlen}, {}, nullptr});
}

int32_t nghttp2_submit_headers(nghttp2_session* session, uint8_t flags, int32_t stream_id,
                               const nghttp2_priority_spec* pri_spec, const nghttp2_nv* nva,
                               size_t nvlen, void* stream_user_data) {
  Session& core = session->session;
  if (stream_id == -1) {
    if (core.is_server()) return NGHTTP2_ERR_PROTO;
  } else if (stream_id <= 0) {
    return NGHTTP2_ERR_INVALID_ARGUMENT;
  }
  const nghttp2_priority_spec* priority = effective_priority(core, pri_spec);
  const int32_t subject = stream_id == -1 ? core.next_stream_id : stream_id;
  if (priority && priority->stream_id == subject) return NGHTTP2_ERR_INVALID_ARGUMENT;
  flags &= NGHTTP2_FLAG_END_STREAM;
  return submit_headers(core, {stream_id, flags, priority, {nva, nvlen}, {}, stream_user_data});
}

int32_t nghttp2_submit_push_promise(nghttp2_session* session, uint8_t, int32_t stream_id,
                                    const nghttp2_nv* nva, size_t nvlen,
                                    void* promised_stream_user_data) {
  Session& core = session->session;
  if (stream_id <= 0 || core.is_local(stream_id)) return NGHTTP2_ERR_INVALID_ARGUMENT;
  if (!core.is_server()) return NGHTTP2_ERR_PROTO;
  if (core.next_stream_id < 0) return NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE;
  OutboundItem* item =
      core.outbox.create(FrameType::push_promise, NGHTTP2_FLAG_END_HEADERS, stream_id);
  if (!item) return NGHTTP2_ERR_NOMEM;
  Slice<const FieldView> fields;
  if (!copy_fields(core.outbox, *item, {nva, nvlen}, &fields)) {
    core.outbox.destroy(item);
    return NGHTTP2_ERR_NOMEM;
  }
  const int32_t promised_id = core.next_stream_id;
  core.next_stream_id = int32_t(uint32_t(promised_id) + 2);
  // The identifier counts as used all the same.
  if (!core.streams.find(stream_id)) {
    core.outbox.destroy(item);
    return NGHTTP2_ERR_STREAM_CLOSED;
  }
  item->frame.push_promise = {fields, promised_id};
  Status status = core.reserve_stream(stream_id, promised_id, promised_stream_user_data);
  if (status != Status::ok) {
    core.outbox.destroy(item);
    return nghttp2::api::to_c(status);
  }
  status = core.queue(item, Lane::control);
  return status == Status::ok ? promised_id : nghttp2::api::to_c(status);
}

int nghttp2_submit_data2(nghttp2_session* session, uint8_t flags, int32_t stream_id,
                         const nghttp2_data_provider2* data_prd) {
  if (stream_id == 0) return NGHTTP2_ERR_INVALID_ARGUMENT;
  const BodySource body = body_of(data_prd);
  if (!body.read) return NGHTTP2_ERR_INVALID_ARGUMENT;
  Stream* stream = session->session.streams.find(stream_id);
  if (!stream) return NGHTTP2_ERR_STREAM_CLOSED;
  if (stream->has(Stream::kHasBody)) return NGHTTP2_ERR_DATA_EXIST;
  session->session.attach_body(*stream, body, (flags & NGHTTP2_FLAG_END_STREAM) != 0);
  return 0;
}

int nghttp2_submit_rst_stream(nghttp2_session* session, uint8_t, int32_t stream_id,
                              uint32_t error_code) {
  if (stream_id == 0) return NGHTTP2_ERR_INVALID_ARGUMENT;
  Session& core = session->session;
  if (!core.streams.find(stream_id) && !core.outbox.find_opening(stream_id)) return 0;
  return nghttp2::api::to_c(
      core.queue_rst_stream(stream_id, error_code, OutboundItem::kForLiveStream));
}

int nghttp2_session_resume_data(nghttp2_session* session, int32_t stream_id) {
  Stream* stream = session->session.streams.find(stream_id);
  if (!stream || !stream->has(Stream::kHasBody) || !stream->is_body_blocked()) {
    return NGHTTP2_ERR_INVALID_ARGUMENT;
  }
  stream->clear(Stream::kBodyDeferred);
  session->session.update_activity(*stream);
  return 0;
}
