// SPDX-License-Identifier: MIT
// ALTSVC (RFC 7838 §4).
#include "frame/parse.h"
#include "frame/write.h"
#include "session/frame_table.h"

namespace nghttp2::session {
namespace {

// A frame that does not obey the rules is ignored (RFC 7838 §4), not an error.
Verdict end(Session& session, Bytes payload) {
  Frame& frame = session.inbound.frame;
  if (session.is_server()) return verdict_of(session.note_glitch());
  frame.altsvc = {};
  if (payload.size() < 2 || !frame::parse_altsvc(payload, frame.altsvc)) {
    return verdict_of(session.note_glitch());
  }
  if (frame.altsvc.field_value.empty()) return verdict_of(session.note_glitch());
  if (frame.head.stream_id == 0) {
    if (frame.altsvc.origin.empty()) return verdict_of(session.note_glitch());
  } else {
    const Stream* stream = session.streams.find(frame.head.stream_id);
    if (!frame.altsvc.origin.empty() || !stream || stream->has(Stream::kResetQueued)) {
      return verdict_of(session.note_glitch());
    }
  }
  return session.report_received();
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

const FrameHooks kAltsvcHooks = {.head = nullptr,
                                 .begin = nullptr,
                                 .chunk = nullptr,
                                 .padding = nullptr,
                                 .skipped = nullptr,
                                 .end = end,
                                 .check = check,
                                 .write = write,
                                 .sent = nullptr};

}  // namespace nghttp2::session
