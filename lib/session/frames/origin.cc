// SPDX-License-Identifier: MIT
// ORIGIN (RFC 8336 §2).
#include "frame/parse.h"
#include "frame/write.h"
#include "session/frame_table.h"

namespace nghttp2::session {
namespace {

// A frame on a stream, to a server or with flags is ignored (RFC 8336 §2.1).
Verdict head(Session& session) {
  const frame::FrameHead& head = session.reader.head();
  const bool ignored = session.is_server() || head.stream_id != 0 || (head.flags & 0xf0) != 0;
  if (!ignored) return proceed();
  if (Status status = session.note_glitch(); status != Status::ok) return fatal(status);
  return ignore();
}

Verdict end(Session& session, Bytes payload) {
  frame::OriginSummary summary{};
  if (!frame::summarize_origins(payload, summary)) return verdict_of(session.note_glitch());
  Vec<OriginEntry> entries(session.allocator);
  if (!entries.reserve(summary.count)) return fatal(Status::no_memory);
  Bytes origin;
  while (!payload.empty() && frame::next_origin(payload, origin)) {
    if (origin.empty()) continue;
    if (!entries.push({const_cast<uint8_t*>(origin.data()), origin.size()})) {
      return fatal(Status::no_memory);
    }
  }
  session.inbound.frame.origin = entries.slice();
  return session.report_received();
}

Status check(Session& session, OutboundItem&) {
  return session.is_closing() ? Status::session_closing : Status::ok;
}

Status write(Session& session, OutboundItem& item) {
  return frame::write_origin(session.wire, item.frame.origin);
}

}  // namespace

const FrameHooks kOriginHooks = {.head = head,
                                 .begin = nullptr,
                                 .chunk = nullptr,
                                 .skipped = nullptr,
                                 .end = end,
                                 .check = check,
                                 .write = write,
                                 .sent = nullptr};

}  // namespace nghttp2::session
