// SPDX-License-Identifier: MIT
// DATA, receiving (RFC 9113 §6.1). Sending is in send_data.cc: it has no outbound item.
#include "session/frame_table.h"

namespace nghttp2::session {
namespace {

using frame::ErrorCode;

// Whether the stream may have DATA now.
Verdict judge(Session& session) {
  const int32_t stream_id = session.inbound.frame.head.stream_id;
  if (stream_id == 0) return terminate(ErrorCode::protocol_error, "DATA: stream_id == 0");
  if (session.is_idle(stream_id)) {
    return terminate(ErrorCode::protocol_error, "DATA: on an idle stream");
  }
  const Stream* stream = session.streams.find(stream_id);
  if (!stream) {
    const Verdict verdict = session.judge_late_frame(stream_id);
    // There is no whole frame to report yet.
    return verdict.kind == Verdict::Kind::ignore ? verdict
                                                 : terminate(verdict.code, verdict.reason);
  }
  if (stream->is_remote_closed()) {
    return terminate(ErrorCode::stream_closed, "DATA: on a stream that the peer has ended");
  }
  if (stream->has(Stream::kResetQueued)) return ignore();
  if (transition(stream->state, StreamEvent::recv_data).fault != Status::ok) {
    return terminate(ErrorCode::protocol_error, "DATA: on a stream that is not open");
  }
  if (session.is_local(stream_id) && !stream->has(Stream::kAnswered)) {
    return terminate(ErrorCode::protocol_error, "DATA: before the response");
  }
  return proceed();
}

// Before any payload.
Verdict head(Session& session) {
  const Frame& frame = session.inbound.frame;
  if (!frame.has(frame::kFlagEndStream) && !session.limits.note_data(frame.head.length)) {
    return terminate(ErrorCode::enhance_your_calm, "DATA: too many small frames");
  }
  const Verdict verdict = judge(session);
  // Flow control does not see an empty frame, and nobody else will.
  if (verdict.kind == Verdict::Kind::ignore && frame.head.length == 0) {
    if (Status status = session.note_glitch(); status != Status::ok) return fatal(status);
  }
  return verdict;
}

// Flow control counts everything (RFC 9113 §6.9.1), whatever becomes of it.
Verdict count(Session& session, size_t bytes, Stream** found) {
  *found = nullptr;
  if (Status status = session.receive_window_bytes(bytes); status != Status::ok) {
    return fatal(status);
  }
  if (session.shutdown.terminating) return proceed();
  const Frame& frame = session.inbound.frame;
  Stream* stream = session.streams.find(frame.head.stream_id);
  if (!stream) return proceed();
  const bool more = session.reader.remaining() > 0 || !frame.has(frame::kFlagEndStream);
  const Status status = session.receive_stream_window_bytes(*stream, bytes, more);
  // RFC 9113 §6.9.1: a stream error suffices. What went beyond is not delivered.
  if (status == Status::flow_control) return forced_reset(ErrorCode::flow_control_error);
  if (status != Status::ok) return fatal(status);
  *found = stream;
  return proceed();
}

// Nobody will consume these bytes, so they are given back at once.
Status consume_at_once(Session& session, Stream* stream, size_t bytes) {
  if (bytes == 0 || !session.options.manual_window_update) return Status::ok;
  RETURN_IF_ERROR(session.consume_connection(bytes));
  return stream ? session.consume_stream(*stream, bytes) : Status::ok;
}

Verdict begin(Session& session) {
  // Reached with padding only: the Pad Length field.
  if (session.inbound.frame.padding == 0) return proceed();
  Stream* stream;
  const Verdict verdict = count(session, 1, &stream);
  return verdict.proceeds() ? verdict_of(consume_at_once(session, stream, 1)) : verdict;
}

Verdict chunk(Session& session, Bytes& piece) {
  const Bytes bytes = piece;
  const size_t padding = session.reader.chunk_padding();
  piece = {};
  Stream* stream;
  const Verdict verdict = count(session, bytes.size() + padding, &stream);
  if (!verdict.proceeds() || session.shutdown.terminating) return verdict;
  if (Status status = consume_at_once(session, stream, padding); status != Status::ok) {
    return fatal(status);
  }
  if (!stream || bytes.empty()) return proceed();
  if (session.checks_messages() && !http::on_content(stream->incoming, bytes.size())) {
    const Status status = consume_at_once(session, nullptr, bytes.size());
    return status == Status::ok ? stream_error(Status::protocol) : fatal(status);
  }
  const Frame& frame = session.inbound.frame;
  switch (session.events.on_data_chunk(frame.head.flags, frame.head.stream_id, bytes)) {
    case Status::ok: return proceed();
    case Status::pause: return pause();
    default: return fatal(Status::callback_failure);
  }
}

Verdict skipped(Session& session, Bytes bytes) {
  if (Status status = session.receive_window_bytes(bytes.size()); status != Status::ok) {
    return fatal(status);
  }
  return verdict_of(consume_at_once(session, nullptr, bytes.size()));
}

Verdict end(Session& session, Bytes) {
  const Frame& frame = session.inbound.frame;
  Stream* stream = session.streams.find(frame.head.stream_id);
  if (!stream || stream->has(Stream::kResetQueued)) return proceed();
  const bool ends_stream = frame.has(frame::kFlagEndStream);
  // An empty frame that ends nothing costs the peer nothing (empty frames flood).
  if (frame.head.length <= frame.padding && !ends_stream) {
    if (Status status = session.note_glitch(); status != Status::ok) return fatal(status);
  }
  if (ends_stream && session.checks_messages() && !http::on_end_stream(stream->incoming)) {
    const Transition next = transition(stream->state, StreamEvent::recv_end_stream);
    if (next.fault == Status::ok) stream->state = next.next;
    return stream_error(Status::http_messaging);
  }
  if (const Verdict verdict = session.report_received(); !verdict.proceeds()) return verdict;
  if (!ends_stream) return proceed();
  stream = session.streams.find(frame.head.stream_id);
  return stream ? verdict_of(session.end_remote(*stream)) : proceed();
}

}  // namespace

const FrameHooks kDataHooks = {.head = head,
                               .begin = begin,
                               .chunk = chunk,
                               .skipped = skipped,
                               .end = end,
                               .check = nullptr,
                               .write = nullptr,
                               .sent = nullptr};

}  // namespace nghttp2::session
