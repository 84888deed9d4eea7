// SPDX-License-Identifier: MIT
// PUSH_PROMISE (RFC 9113 §6.6, §8.4).
#include "frame/parse.h"
#include "session/frames/header_frames.h"

namespace nghttp2::session {
namespace {

using frame::ErrorCode;

Verdict check_received(Session& session) {
  const Frame& frame = session.inbound.frame;
  const int32_t stream_id = frame.head.stream_id;
  const int32_t promised_id = frame.push_promise.promised_stream_id;
  if (stream_id == 0) return connection_error(Status::protocol, "PUSH_PROMISE: stream_id == 0");
  if (session.is_server() || session.settings.local.enable_push == 0) {
    return connection_error(Status::protocol, "PUSH_PROMISE: push is disabled");
  }
  if (!session.is_local(stream_id)) {
    return connection_error(Status::protocol, "PUSH_PROMISE: not on a stream of the client");
  }
  if (!session.shutdown.accepts_new_streams()) return ignore();
  if (!session.is_new_remote_stream(promised_id)) {
    return connection_error(Status::protocol, "PUSH_PROMISE: invalid promised stream");
  }
  if (session.is_idle(stream_id)) {
    return connection_error(Status::protocol, "PUSH_PROMISE: on an idle stream");
  }
  session.last_received_stream_id = promised_id;
  return proceed();
}

Verdict reserve(Session& session) {
  const Frame& frame = session.inbound.frame;
  Stream* stream = session.streams.find(frame.head.stream_id);
  if (!stream || stream->has(Stream::kResetQueued) || !session.settings.pending_enable_push ||
      session.streams.reserved_incoming() >= session.limits.options.max_reserved_remote_streams) {
    if (Status status = session.note_glitch(); status != Status::ok) return fatal(status);
    return reset_stream(ErrorCode::cancel);
  }
  if (stream->is_remote_closed()) {
    return connection_error(Status::stream_closed, "PUSH_PROMISE: stream closed");
  }
  const int32_t promised_id = frame.push_promise.promised_stream_id;
  const Status status = session.reserve_stream(frame.head.stream_id, promised_id, nullptr);
  if (status != Status::ok) return fatal(status);
  session.last_processed_stream_id = promised_id;
  return proceed();
}

Verdict begin(Session& session) {
  const frame::PushPromise parsed = frame::parse_push_promise(session.reader.fixed());
  session.inbound.frame.push_promise = {{}, parsed.promised_stream_id};
  begin_block(session);
  Verdict verdict = check_received(session);
  if (verdict.proceeds()) verdict = reserve(session);
  return verdict.proceeds() ? report_begin(session) : note_ignored_block(session, verdict);
}

Status check(Session& session, OutboundItem& item) {
  const Stream* stream = session.streams.find(item.frame.head.stream_id);
  RETURN_IF_ERROR(check_stream_for_send(session, stream));
  if (session.settings.remote.enable_push == 0) return Status::push_disabled;
  if (stream->has(Stream::kResetQueued)) return Status::stream_closing;
  if (session.shutdown.goaway_received) return Status::start_stream_not_allowed;
  return Status::ok;
}

Status sent(Session& session, OutboundItem& item) {
  session.last_sent_stream_id = item.frame.push_promise.promised_stream_id;
  return Status::ok;
}

}  // namespace

Status Session::reserve_stream(int32_t stream_id, int32_t promised_id, void* user_data) {
  const StreamState state =
      is_local(promised_id) ? StreamState::reserved_local : StreamState::reserved_remote;
  Stream* promised = open_stream(promised_id, state, user_data);
  if (!promised) return Status::no_memory;
  if (!streams.scheduler.uses_tree()) return Status::ok;
  // RFC 7540 §5.3.5: a pushed stream depends on the one that it was promised on.
  return change_dependency(*promised, {stream_id, kDefaultPriority.weight, 0});
}

const FrameHooks kPushPromiseHooks = {.head = nullptr,
                                      .begin = begin,
                                      .chunk = block_chunk,
                                      .skipped = nullptr,
                                      .end = block_end,
                                      .check = check,
                                      .write = write_header_frame,
                                      .sent = sent};

}  // namespace nghttp2::session
