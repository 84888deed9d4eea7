// SPDX-License-Identifier: MIT
// WINDOW_UPDATE (RFC 9113 §6.9).
#include "frame/parse.h"
#include "frame/write.h"
#include "session/frame_table.h"

namespace nghttp2::session {
namespace {

Verdict widen_connection(Session& session, int32_t increment) {
  if (increment == 0) {
    return connection_error(Status::protocol, "WINDOW_UPDATE: increment of 0");
  }
  if (!session.send_window.widen(increment)) {
    return connection_error(Status::flow_control, "WINDOW_UPDATE: window above 2^31-1");
  }
  return session.report_received();
}

Verdict widen_stream(Session& session, int32_t stream_id, int32_t increment) {
  if (session.is_idle(stream_id)) {
    return connection_error(Status::protocol, "WINDOW_UPDATE: on an idle stream");
  }
  Stream* stream = session.streams.find(stream_id);
  if (!stream) return proceed();
  if (stream->state == StreamState::reserved_remote) {
    return connection_error(Status::protocol, "WINDOW_UPDATE: on a reserved stream");
  }
  if (increment == 0) {
    // RFC 9113 §6.9 asks for a stream error at least; §5.4.2 lets us treat it as one of the
    // connection.
    return connection_error(Status::protocol, "WINDOW_UPDATE: increment of 0");
  }
  if (!stream->send.widen(increment)) return stream_error(Status::flow_control);
  if (stream->has(Stream::kWindowExhausted) && stream->send.available() > 0) {
    stream->clear(Stream::kWindowExhausted);
    session.update_activity(*stream);
  }
  return session.report_received();
}

Verdict end(Session& session, Bytes payload) {
  Frame& frame = session.inbound.frame;
  frame.window_update = frame::parse_window_update(payload);
  const int32_t increment = frame.window_update.increment;
  if (!session.limits.note_window_update()) {
    return terminate(frame::ErrorCode::enhance_your_calm, "WINDOW_UPDATE: too many");
  }
  return frame.head.stream_id == 0 ? widen_connection(session, increment)
                                   : widen_stream(session, frame.head.stream_id, increment);
}

Status check(Session& session, OutboundItem& item) {
  const int32_t stream_id = item.frame.head.stream_id;
  if (session.is_closing()) return Status::session_closing;
  if (stream_id == 0) return Status::ok;
  const Stream* stream = session.streams.find(stream_id);
  if (!stream) return Status::stream_closed;
  if (stream->has(Stream::kResetQueued)) return Status::stream_closing;
  return stream->state == StreamState::reserved_local ? Status::invalid_stream_state : Status::ok;
}

Status write(Session& session, OutboundItem& item) {
  return frame::write_window_update(session.wire, item.frame.head.stream_id,
                                    item.frame.window_update.increment);
}

// More may have become due while the frame waited.
Status sent(Session& session, OutboundItem& item) {
  const bool manual = session.options.manual_window_update;
  if (item.frame.head.stream_id == 0) {
    session.window_update_queued = false;
    return manual ? session.consume_connection(0) : session.receive_window_bytes(0);
  }
  Stream* stream = session.streams.find(item.frame.head.stream_id);
  if (!stream) return Status::ok;
  stream->clear(Stream::kUpdateQueued);
  if (stream->is_remote_closed()) return Status::ok;
  return manual ? session.consume_stream(*stream, 0)
                : session.receive_stream_window_bytes(*stream, 0, true);
}

}  // namespace

const FrameHooks kWindowUpdateHooks = {.head = nullptr,
                                       .begin = nullptr,
                                       .chunk = nullptr,
                                       .skipped = nullptr,
                                       .end = end,
                                       .check = check,
                                       .write = write,
                                       .sent = sent};

}  // namespace nghttp2::session
