// SPDX-License-Identifier: MIT
// HEADERS (RFC 9113 §6.2).
#include "frame/parse.h"
#include "session/frames/header_frames.h"

namespace nghttp2::session {
namespace {

using frame::ErrorCode;

// A frame on a stream that does not exist: the peer opens one, or is late.
Verdict receive_request(Session& session) {
  const Frame& frame = session.inbound.frame;
  const int32_t stream_id = frame.head.stream_id;
  if (stream_id == 0) return connection_error(Status::protocol, "HEADERS: stream_id == 0");
  if (!session.is_server()) {
    // A client is never asked anything, so the stream must have existed.
    return session.is_idle(stream_id)
               ? connection_error(Status::protocol, "HEADERS: client received a request")
               : session.judge_late_frame(stream_id);
  }
  if (!session.is_new_remote_stream(stream_id)) {
    if (session.is_local(stream_id) && session.is_idle(stream_id)) {
      return connection_error(Status::protocol, "HEADERS: on a stream of the server");
    }
    return session.judge_late_frame(stream_id);
  }
  if (session.options.strict_stream_states && stream_id > session.last_received_stream_id + 2) {
    const int32_t first =
        session.last_received_stream_id == 0 ? 1 : session.last_received_stream_id + 2;
    if (!session.history.note_passed_over(first, stream_id - 2)) return fatal(Status::no_memory);
  }
  session.last_received_stream_id = stream_id;
  if (session.streams.incoming() >= session.settings.local.max_concurrent_streams) {
    return connection_error(Status::protocol, "HEADERS: SETTINGS_MAX_CONCURRENT_STREAMS exceeded");
  }
  if (!session.shutdown.accepts_new_streams()) return ignore();
  if (frame.headers.priority.stream_id == stream_id) {
    return connection_error(Status::protocol, "HEADERS: stream depends on itself");
  }
  // Our lower limit may not have reached the peer.
  if (session.streams.incoming() >= session.settings.pending_max_concurrent_streams) {
    return stream_error(Status::refused_stream);
  }
  Stream* stream = session.open_stream(stream_id, StreamState::open, nullptr);
  if (!stream) return fatal(Status::no_memory);
  if (frame.has(frame::kFlagPriority)) {
    if (Status status = session.change_dependency(*stream, frame.headers.priority);
        status != Status::ok) {
      return fatal(status);
    }
  }
  session.last_processed_stream_id = stream_id;
  return proceed();
}

Verdict receive_push_response(Session& session, Stream& stream) {
  if (session.is_server()) {
    return connection_error(Status::protocol, "HEADERS: on a reserved stream");
  }
  if (session.streams.incoming() >= session.settings.local.max_concurrent_streams) {
    return connection_error(Status::protocol,
                            "HEADERS: SETTINGS_MAX_CONCURRENT_STREAMS exceeded by a push");
  }
  if (!session.shutdown.accepts_new_streams()) return ignore();
  if (session.streams.incoming() >= session.settings.pending_max_concurrent_streams) {
    return stream_error(Status::refused_stream);
  }
  session.streams.fulfil_promise(stream);
  stream.state = transition(stream.state, StreamEvent::recv_headers).next;
  stream.set(Stream::kAnswered);
  return proceed();
}

Verdict receive_on_stream(const Stream& stream) {
  if (stream.is_remote_closed()) {
    return connection_error(Status::stream_closed, "HEADERS: stream closed");
  }
  if (stream.has(Stream::kResetQueued)) return ignore();
  return proceed();
}

// What the frame means on its stream, and whether it may.
Verdict classify(Session& session) {
  Frame::Headers& headers = session.inbound.frame.headers;
  const int32_t stream_id = session.inbound.frame.head.stream_id;
  Stream* stream = session.streams.find(stream_id);
  if (!stream) {
    headers.category = HeadersCategory::request;
    return receive_request(session);
  }
  if (stream->has(Stream::kReserved) && !stream->has(Stream::kResetQueued)) {
    headers.category = HeadersCategory::push_response;
    return receive_push_response(session, *stream);
  }
  if (session.is_local(stream_id) && !stream->has(Stream::kAnswered) &&
      stream->state != StreamState::reserved_local) {
    headers.category = HeadersCategory::response;
    const Verdict verdict = receive_on_stream(*stream);
    if (verdict.proceeds()) stream->set(Stream::kAnswered);
    return verdict;
  }
  headers.category = HeadersCategory::headers;
  return receive_on_stream(*stream);
}

Verdict begin(Session& session) {
  Frame& frame = session.inbound.frame;
  frame.headers = {kDefaultPriority, {}, HeadersCategory::headers};
  if (frame.has(frame::kFlagPriority)) {
    frame.headers.priority = frame::parse_priority_spec(session.reader.fixed().data());
  }
  begin_block(session);
  const Verdict verdict = classify(session);
  return verdict.proceeds() ? report_begin(session) : note_ignored_block(session, verdict);
}

// RFC 9113 §5.1.2, §6.8: whether a stream may be opened now.
Status check_request(Session& session, OutboundItem& item) {
  if (!session.open_stream(item.frame.head.stream_id, StreamState::open, item.stream_user_data)) {
    return Status::no_memory;
  }
  Stream& stream = *session.streams.find(item.frame.head.stream_id);
  if (item.frame.has(frame::kFlagPriority)) {
    RETURN_IF_ERROR(session.change_dependency(stream, item.frame.headers.priority));
    // RFC 9218 §2.1: a peer that does not want the signal does not get it.
    if (session.settings.remote.no_rfc7540_priorities == 1) {
      item.frame.head.flags &= uint8_t(~frame::kFlagPriority);
    }
  }
  if (item.has(OutboundItem::kCanceled)) return Status::stream_closing;
  if (session.shutdown.goaway_received || session.is_closing()) {
    return Status::start_stream_not_allowed;
  }
  http::record_request_method(stream.incoming, item.frame.headers.fields);
  return Status::ok;
}

Status check(Session& session, OutboundItem& item) {
  Frame::Headers& headers = item.frame.headers;
  if (headers.category == HeadersCategory::request) return check_request(session, item);
  Stream* stream = session.streams.find(item.frame.head.stream_id);
  RETURN_IF_ERROR(check_stream_for_send(session, stream));
  if (stream->has(Stream::kReserved) && session.is_local(item.frame.head.stream_id)) {
    if (stream->has(Stream::kResetQueued)) return Status::stream_closing;
    if (session.shutdown.goaway_received) return Status::start_stream_not_allowed;
    headers.category = HeadersCategory::push_response;
    return Status::ok;
  }
  if (stream->has(Stream::kResetQueued)) return Status::stream_closing;
  if (!session.is_local(item.frame.head.stream_id) && !stream->has(Stream::kAnswered)) {
    headers.category = HeadersCategory::response;
    return Status::ok;
  }
  headers.category = HeadersCategory::headers;
  const bool unanswered_request =
      session.is_local(item.frame.head.stream_id) && !session.is_server();
  return stream->has(Stream::kAnswered) || unanswered_request ? Status::ok
                                                              : Status::invalid_stream_state;
}

Status sent(Session& session, OutboundItem& item) {
  if (item.frame.headers.category == HeadersCategory::request) {
    session.last_sent_stream_id = item.frame.head.stream_id;
    session.limits.request_sent();
  }
  Stream* stream = session.streams.find(item.frame.head.stream_id);
  if (!stream) return Status::ok;
  switch (item.frame.headers.category) {
    case HeadersCategory::request: break;
    case HeadersCategory::push_response:
      session.streams.fulfil_promise(*stream);
      stream->state = transition(stream->state, StreamEvent::send_headers).next;
      stream->set(Stream::kAnswered);
      break;
    case HeadersCategory::response: stream->set(Stream::kAnswered); break;
    case HeadersCategory::headers: break;
  }
  if (item.frame.has(frame::kFlagEndStream)) return session.end_local(*stream);
  if (item.has(OutboundItem::kHasBody) && !stream->has(Stream::kHasBody)) {
    session.attach_body(*stream, item.body, true);
  }
  return Status::ok;
}

}  // namespace

const FrameHooks kHeadersHooks = {.head = nullptr,
                                  .begin = begin,
                                  .chunk = block_chunk,
                                  .skipped = nullptr,
                                  .end = block_end,
                                  .check = check,
                                  .write = write_header_frame,
                                  .sent = sent};

}  // namespace nghttp2::session
