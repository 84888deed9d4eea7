// SPDX-License-Identifier: MIT
// What HEADERS, PUSH_PROMISE and CONTINUATION have in common (RFC 9113 §4.3).
#include "session/frames/header_frames.h"

#include <algorithm>

#include "frame/write.h"

namespace nghttp2::session {

using frame::FrameType;

void begin_block(Session& session) {
  session.inbound.block.begin(HeaderBlock::Mode::deliver, header_budget(session));
  session.limits.begin_header_block();
}

Verdict report_begin(Session& session) {
  const Frame& frame = session.inbound.frame;
  if (Stream* stream = session.streams.find(frame.subject_stream_id())) {
    http::begin_section(stream->incoming);
  }
  switch (session.events.on_begin_headers(frame)) {
    case Status::ok: return proceed();
    case Status::temporal_callback_failure: return reset_stream(frame::ErrorCode::internal_error);
    default: return fatal(Status::callback_failure);
  }
}

Verdict note_ignored_block(Session& session, const Verdict& verdict) {
  if (verdict.kind != Verdict::Kind::ignore) return verdict;
  if (Status status = session.note_glitch(); status != Status::ok) return fatal(status);
  return verdict;
}

namespace {

// RFC 7541 §4.2: the smallest and the last of several sizes.
constexpr uint32_t kNecessarySizeUpdates = 2;

// How often a block does what is legal and good for nothing: size updates beyond the necessary
// ones, and no octet at all where the rules of messages do not ask for fields (CVE-2019-9518).
uint64_t count_glitches(const Session& session) {
  const frame::FrameHead& head = session.inbound.frame.head;
  const size_t around = frame::fixed_size(frame::rule_of(head.type), head);
  const bool is_empty = head.length <= around + session.inbound.frame.padding;
  const uint32_t updates = session.inflater.size_updates();
  return (is_empty && !session.checks_messages() ? 1 : 0) +
         (updates > kNecessarySizeUpdates ? updates - kNecessarySizeUpdates : 0);
}

// Of a client: the block that has just ended was not the last one of its message.
Status note_informational_response(Session& session) {
  const Frame& frame = session.inbound.frame;
  if (session.is_server() || frame.type() != FrameType::headers) return Status::ok;
  const Stream* stream = session.streams.find(frame.head.stream_id);
  if (!stream || !http::expects_final_response(stream->incoming)) return Status::ok;
  return session.limits.note_informational_response() ? Status::ok : session.note_glitch();
}

}  // namespace

Verdict block_chunk(Session& session, Bytes& fragment) {
  return session.inbound.block.feed(session, fragment, false);
}

Verdict block_end(Session& session, Bytes) {
  if (!session.inbound.frame.has(frame::kFlagEndHeaders)) return proceed();
  if (!session.inflater.is_between_fields()) {
    Bytes nothing;
    const Verdict verdict = session.inbound.block.feed(session, nothing, true);
    if (!verdict.proceeds()) return verdict;
  }
  const uint64_t glitches = count_glitches(session);
  session.inflater.end_block();
  if (glitches > 0) {
    if (Status status = session.note_glitch(glitches); status != Status::ok) return fatal(status);
    if (session.shutdown.terminating) return proceed();
  }
  const Verdict finished = session.inbound.block.finish(session);
  return finished.proceeds() ? verdict_of(note_informational_response(session)) : finished;
}

Status check_stream_for_send(const Session& session, const Stream* stream) {
  if (!stream) return Status::stream_closed;
  if (session.is_closing()) return Status::session_closing;
  return stream->is_local_closed() ? Status::stream_shut_for_writing : Status::ok;
}

namespace {

Slice<const FieldView> fields_of(const Frame& frame) {
  return frame.type() == FrameType::headers ? frame.headers.fields : frame.push_promise.fields;
}

frame::HeaderFrame wire_form(const Frame& frame) {
  frame::HeaderFrame form;
  form.type = frame.type();
  form.stream_id = frame.head.stream_id;
  if (form.type == FrameType::headers) {
    form.end_stream = frame.has(frame::kFlagEndStream);
    if (frame.has(frame::kFlagPriority)) form.priority = &frame.headers.priority;
  } else {
    form.promised_stream_id = frame.push_promise.promised_stream_id;
  }
  return form;
}

}  // namespace

Status write_header_frame(Session& session, OutboundItem& item) {
  Frame& frame = item.frame;
  const frame::HeaderFrame form = wire_form(frame);
  const Slice<const FieldView> fields = fields_of(frame);
  if (session.deflater.bound(fields) + frame::header_fixed_size(form) >
      session.limits.options.max_send_header_block) {
    return Status::frame_size_error;
  }
  const size_t start = session.wire.size();
  RETURN_IF_ERROR(frame::begin_header_frame(session.wire, form));
  const size_t block_start = session.wire.size();
  RETURN_IF_ERROR(session.deflater.encode(session.wire, fields));
  const size_t length = session.wire.size() - block_start + frame::header_fixed_size(form);
  const size_t max_frame_size =
      std::min<size_t>(session.settings.remote.max_frame_size, session.outbound.max_header_payload);
  frame.head.length = uint32_t(std::min(length, max_frame_size));
  frame.head.flags |= frame::kFlagEndHeaders;
  frame.padding = 0;
  // Padding does not make a frame longer than every peer takes it.
  const size_t limit = std::min<size_t>(frame::kMinMaxFrameSize, length + 256);
  if (session.events.selects_padding() && length < limit) {
    const int64_t padded = session.events.select_padding(frame, limit);
    if (padded < int64_t(length) || padded > int64_t(limit)) return Status::callback_failure;
    frame.padding = uint16_t(size_t(padded) - length);
    frame.head.length = uint32_t(padded);
    if (frame.padding > 0) frame.head.flags |= frame::kFlagPadded;
  }
  return frame::finish_header_frame(session.wire, start, form, frame.padding, max_frame_size);
}

const FrameHooks kContinuationHooks = {
    // On its own it is an error: it can only follow the other two (RFC 9113 §6.10).
    .head =
        [](Session&) {
          return terminate(frame::ErrorCode::protocol_error, "CONTINUATION: unexpected");
        },
    .begin = nullptr,
    .chunk = block_chunk,
    .skipped = nullptr,
    .end = block_end,
    .check = nullptr,
    .write = nullptr,
    .sent = nullptr};

}  // namespace nghttp2::session
