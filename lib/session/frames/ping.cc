// SPDX-License-Identifier: MIT
// PING (RFC 9113 §6.7).
#include "frame/parse.h"
#include "frame/write.h"
#include "session/frame_table.h"

namespace nghttp2::session {
namespace {

Verdict end(Session& session, Bytes payload) {
  Frame& frame = session.inbound.frame;
  frame.ping = frame::parse_ping(payload);
  if (frame.head.stream_id != 0) {
    return connection_error(Status::protocol, "PING: stream_id != 0");
  }
  if (!frame.has(frame::kFlagAck) && !session.limits.note_ping()) {
    return terminate(frame::ErrorCode::enhance_your_calm, "PING: too many");
  }
  if (!frame.has(frame::kFlagAck) && !session.options.no_auto_ping_ack && !session.is_closing()) {
    const Status status = session.queue_ping(frame::kFlagAck, frame.ping.opaque_data);
    if (status != Status::ok) return fatal(status);
  }
  return session.report_received();
}

Status check(Session& session, OutboundItem& item) {
  if (item.frame.has(frame::kFlagAck)) session.limits.ack_sent();
  return session.shutdown.terminating ? Status::session_closing : Status::ok;
}

Status write(Session& session, OutboundItem& item) {
  return frame::write_ping(session.wire, item.frame.ping, item.frame.has(frame::kFlagAck));
}

}  // namespace

const FrameHooks kPingHooks = {.head = nullptr,
                               .begin = nullptr,
                               .chunk = nullptr,
                               .skipped = nullptr,
                               .end = end,
                               .check = check,
                               .write = write,
                               .sent = nullptr};

}  // namespace nghttp2::session
