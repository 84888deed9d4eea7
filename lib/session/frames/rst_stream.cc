// SPDX-License-Identifier: MIT
// RST_STREAM (RFC 9113 §6.4).
#include "frame/parse.h"
#include "frame/write.h"
#include "session/frame_table.h"

namespace nghttp2::session {
namespace {

// CVE-2023-44487: requests that are cancelled at once.
Verdict judge_reset_rate(Session& session, bool is_useless) {
  if (!session.is_server()) {
    return is_useless ? verdict_of(session.note_glitch()) : proceed();
  }
  if (session.limits.note_stream_reset()) return proceed();
  // What is under way may finish, further streams are ignored.
  if (session.shutdown.goaway_queued) return verdict_of(session.note_glitch());
  return verdict_of(session.queue_goaway(session.last_received_stream_id,
                                         uint32_t(frame::ErrorCode::internal_error), {}, 0));
}

Verdict end(Session& session, Bytes payload) {
  Frame& frame = session.inbound.frame;
  const int32_t stream_id = frame.head.stream_id;
  frame.rst_stream = frame::parse_rst_stream(payload);
  if (stream_id == 0) return connection_error(Status::protocol, "RST_STREAM: stream_id == 0");
  if (session.is_idle(stream_id)) {
    return connection_error(Status::protocol, "RST_STREAM: on an idle stream");
  }
  Stream* stream = session.streams.find(stream_id);
  // A server may cancel what a client asked for. What it promised by itself, or what is gone, is
  // nothing that has to be cancelled often.
  const bool is_useless = !stream || !session.is_local(stream_id);
  if (stream) {
    const Transition next = transition(stream->state, StreamEvent::recv_end_stream);
    if (next.fault == Status::ok) stream->state = next.next;
  }
  const uint32_t error_code = frame.rst_stream.error_code;
  if (const Verdict verdict = session.report_received(); !verdict.proceeds()) return verdict;
  if (Status status = session.close_stream(stream_id, error_code); status != Status::ok) {
    return fatal(status);
  }
  return judge_reset_rate(session, is_useless);
}

Status check(Session& session, OutboundItem& item) {
  if (session.is_closing()) return Status::session_closing;
  const bool is_pointless =
      item.has(OutboundItem::kForLiveStream) && !session.streams.find(item.frame.head.stream_id);
  return is_pointless ? Status::stream_closed : Status::ok;
}

Status write(Session& session, OutboundItem& item) {
  return frame::write_rst_stream(session.wire, item.frame.head.stream_id,
                                 item.frame.rst_stream.error_code);
}

Status sent(Session& session, OutboundItem& item) {
  return session.close_stream(item.frame.head.stream_id, item.frame.rst_stream.error_code);
}

}  // namespace

const FrameHooks kRstStreamHooks = {.head = nullptr,
                                    .begin = nullptr,
                                    .chunk = nullptr,
                                    .skipped = nullptr,
                                    .end = end,
                                    .check = check,
                                    .write = write,
                                    .sent = sent};

}  // namespace nghttp2::session
