// SPDX-License-Identifier: MIT
// Extension frames that the application reads and writes itself (RFC 9113 §5.5).
#include "frame/write.h"
#include "session/frame_table.h"

namespace nghttp2::session {
namespace {

Verdict of_callback(Status status) {
  if (status == Status::ok) return proceed();
  return status == Status::cancel ? ignore() : fatal(Status::callback_failure);
}

Verdict head(Session& session) {
  session.inbound.frame.extension = nullptr;
  if (session.events.unpacks_extensions()) return proceed();
  if (Status status = session.note_glitch(); status != Status::ok) return fatal(status);
  return ignore();
}

Verdict chunk(Session& session, Bytes& piece) {
  const Bytes bytes = piece;
  piece = {};
  return of_callback(session.events.on_extension_chunk(session.inbound.frame.head, bytes));
}

Verdict end(Session& session, Bytes) {
  Frame& frame = session.inbound.frame;
  const Verdict verdict =
      of_callback(session.events.unpack_extension(frame.head, &frame.extension));
  return verdict.proceeds() ? session.report_received() : verdict;
}

Status check(Session& session, OutboundItem&) {
  return session.is_closing() ? Status::session_closing : Status::ok;
}

Status write(Session& session, OutboundItem& item) {
  const size_t room = frame::kMinMaxFrameSize;
  if (!session.wire.reserve(frame::kFrameHeadSize + room)) return Status::no_memory;
  uint8_t* head = session.wire.tail();
  const int64_t size =
      session.events.pack_extension({head + frame::kFrameHeadSize, room}, item.frame);
  if (size == int64_t(Status::cancel)) return Status::cancel;
  if (size < 0 || size > int64_t(room)) return Status::callback_failure;
  item.frame.head.length = uint32_t(size);
  frame::write_head(head, item.frame.head);
  session.wire.commit(frame::kFrameHeadSize + size_t(size));
  return Status::ok;
}

}  // namespace

const FrameHooks kExtensionHooks = {.head = head,
                                    .begin = nullptr,
                                    .chunk = chunk,
                                    .skipped = nullptr,
                                    .end = end,
                                    .check = check,
                                    .write = write,
                                    .sent = nullptr};

}  // namespace nghttp2::session
