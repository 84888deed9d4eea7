// SPDX-License-Identifier: MIT
// PRIORITY (RFC 7540 §6.3; deprecated by RFC 9113 §5.3.2, still understood).
#include "frame/parse.h"
#include "frame/write.h"
#include "session/frame_table.h"

namespace nghttp2::session {
namespace {

Verdict end(Session& session, Bytes payload) {
  Frame& frame = session.inbound.frame;
  const int32_t stream_id = frame.head.stream_id;
  frame.priority = frame::parse_priority(payload).spec;
  if (Status status = session.note_glitch(); status != Status::ok) return fatal(status);
  // RFC 9218 §2.1: who has opted out of these priorities does not look at them.
  if (session.uses_urgency() && !session.options.strict_stream_states) return proceed();
  if (stream_id == 0) return connection_error(Status::protocol, "PRIORITY: stream_id == 0");
  if (frame.priority.stream_id == stream_id) {
    return terminate(frame::ErrorCode::protocol_error, "PRIORITY: stream depends on itself");
  }
  if (session.uses_urgency()) return proceed();
  // Only a server sends responses in an order.
  if (!session.is_server()) return session.report_received();
  Stream* stream = session.streams.find_any(stream_id);
  if (!stream && !session.is_idle(stream_id)) return proceed();
  const Status status = stream ? session.change_dependency(*stream, frame.priority)
                               : session.create_idle_stream(stream_id, frame.priority);
  return status == Status::ok ? session.report_received() : fatal(status);
}

Status check(Session& session, OutboundItem&) {
  return session.is_closing() ? Status::session_closing : Status::ok;
}

Status write(Session& session, OutboundItem& item) {
  return frame::write_priority(session.wire, item.frame.head.stream_id, item.frame.priority);
}

}  // namespace

const FrameHooks kPriorityHooks = {.head = nullptr,
                                   .begin = nullptr,
                                   .chunk = nullptr,
                                   .skipped = nullptr,
                                   .end = end,
                                   .check = check,
                                   .write = write,
                                   .sent = nullptr};

}  // namespace nghttp2::session
