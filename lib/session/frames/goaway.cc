// SPDX-License-Identifier: MIT
// GOAWAY (RFC 9113 §6.8).
#include "frame/parse.h"
#include "frame/write.h"
#include "session/frame_table.h"

namespace nghttp2::session {
namespace {

Verdict end(Session& session, Bytes payload) {
  Frame& frame = session.inbound.frame;
  frame.goaway = frame::parse_goaway(payload);
  if (frame.head.stream_id != 0) {
    return connection_error(Status::protocol, "GOAWAY: stream_id != 0");
  }
  // One or two are enough for any connection, and each one makes us look at all streams.
  if (Status status = session.note_glitch(); status != Status::ok) return fatal(status);
  const int32_t last_stream_id = frame.goaway.last_stream_id;
  const bool names_own_stream = last_stream_id > 0 && !session.is_local(last_stream_id);
  if (names_own_stream || last_stream_id > session.shutdown.remote_last_stream_id) {
    return connection_error(Status::protocol, "GOAWAY: invalid last stream");
  }
  session.shutdown.goaway_received = true;
  session.shutdown.remote_last_stream_id = last_stream_id;
  if (const Verdict verdict = session.report_received(); !verdict.proceeds()) return verdict;
  return verdict_of(session.close_streams_above(last_stream_id, false));
}

Status write(Session& session, OutboundItem& item) {
  session.shutdown.local_last_stream_id = item.frame.goaway.last_stream_id;
  return frame::write_goaway(session.wire, item.frame.goaway);
}

Status sent(Session& session, OutboundItem& item) {
  if (item.has(OutboundItem::kShutdownNotice)) return Status::ok;
  session.shutdown.goaway_sent = true;
  if (item.has(OutboundItem::kTerminates)) session.shutdown.terminated = true;
  return session.close_streams_above(item.frame.goaway.last_stream_id, true);
}

}  // namespace

const FrameHooks kGoawayHooks = {.head = nullptr,
                                 .begin = nullptr,
                                 .chunk = nullptr,
                                 .skipped = nullptr,
                                 .end = end,
                                 .check = nullptr,
                                 .write = write,
                                 .sent = sent};

}  // namespace nghttp2::session
