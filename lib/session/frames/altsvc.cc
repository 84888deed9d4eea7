// SPDX-License-Identifier: MIT
// ALTSVC (RFC 7838 §4).
#include "frame/parse.h"
#include "frame/write.h"
#include "session/frame_table.h"

namespace nghttp2::session {
namespace {

// Only clients learn of alternative services (RFC 7838 §4).
Verdict head(Session& session) {
  if (!session.is_server()) return proceed();
  if (Status status = session.note_glitch(); status != Status::ok) return fatal(status);
  return ignore();
}

// The application may want to know, but the connection goes on: RFC 7838 §4 wants such a frame
// ignored.
Verdict report_invalid(Session& session) {
  if (Status status = session.note_glitch(); status != Status::ok) return fatal(status);
  return verdict_of(session.events.on_invalid_frame(session.inbound.frame, Status::protocol));
}

Verdict end(Session& session, Bytes payload) {
  Frame& frame = session.inbound.frame;
  frame.altsvc = {};
  if (payload.size() < 2 || !frame::parse_altsvc(payload, frame.altsvc)) {
    return terminate(frame::ErrorCode::frame_size_error, "ALTSVC: origin exceeds the payload");
  }
  const bool is_for_connection = frame.head.stream_id == 0;
  if (is_for_connection == frame.altsvc.origin.empty()) return report_invalid(session);
  if (!is_for_connection) {
    const Stream* stream = session.streams.find(frame.head.stream_id);
    if (!stream || stream->has(Stream::kResetQueued)) return proceed();
  }
  return frame.altsvc.field_value.empty() ? report_invalid(session) : session.report_received();
}

Status check(Session& session, OutboundItem& item) {
  if (session.is_closing()) return Status::session_closing;
  if (item.frame.head.stream_id == 0) return Status::ok;
  const Stream* stream = session.streams.find(item.frame.head.stream_id);
  if (!stream) return Status::stream_closed;
  return stream->has(Stream::kResetQueued) ? Status::stream_closing : Status::ok;
}

Status write(Session& session, OutboundItem& item) {
  return frame::write_altsvc(session.wire, item.frame.head.stream_id, item.frame.altsvc);
}

}  // namespace

const FrameHooks kAltsvcHooks = {.head = head,
                                 .begin = nullptr,
                                 .chunk = nullptr,
                                 .skipped = nullptr,
                                 .end = end,
                                 .check = check,
                                 .write = write,
                                 .sent = nullptr};

}  // namespace nghttp2::session
