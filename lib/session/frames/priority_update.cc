// SPDX-License-Identifier: MIT
// PRIORITY_UPDATE (RFC 9218 §7.1).
#include "frame/parse.h"
#include "frame/write.h"
#include "session/frame_table.h"

namespace nghttp2::session {
namespace {

// The stream that the frame speaks of, made if it is still idle; nullptr if there is nothing to do.
// Pushed streams keep the order that the server gave them unless rules are taken to the letter.
Verdict find_stream(Session& session, int32_t stream_id, Stream** found) {
  *found = nullptr;
  if (session.is_local(stream_id)) {
    if (session.is_idle(stream_id)) {
      return connection_error(Status::protocol, "PRIORITY_UPDATE: on an idle push");
    }
    if (session.options.strict_stream_states) *found = session.streams.find(stream_id);
    return proceed();
  }
  *found = session.streams.find_any(stream_id);
  if (*found || !session.is_idle(stream_id)) return proceed();
  if (session.streams.idle() + session.streams.incoming() >=
      session.settings.local.max_concurrent_streams) {
    return connection_error(Status::protocol,
                            "PRIORITY_UPDATE: SETTINGS_MAX_CONCURRENT_STREAMS exceeded");
  }
  session.streams.shares_equally = !session.uses_urgency();
  *found = session.streams.open_idle(stream_id, session.max_idle_streams());
  return *found ? proceed() : fatal(Status::no_memory);
}

// A priority value that anybody would send is far shorter.
constexpr uint32_t kMaxLength = 32;

Verdict head(Session& session) {
  if (!session.is_server()) {
    return terminate(frame::ErrorCode::protocol_error, "PRIORITY_UPDATE: sent by a server");
  }
  if (session.reader.head().length <= kMaxLength) return proceed();
  if (Status status = session.note_glitch(); status != Status::ok) return fatal(status);
  return ignore();
}

Verdict end(Session& session, Bytes payload) {
  Frame& frame = session.inbound.frame;
  frame.priority_update = frame::parse_priority_update(payload);
  if (Status status = session.note_glitch(); status != Status::ok) return fatal(status);
  if (frame.head.stream_id != 0) {
    return connection_error(Status::protocol, "PRIORITY_UPDATE: stream_id != 0");
  }
  const int32_t stream_id = frame.priority_update.prioritized_stream_id;
  if (stream_id == 0) {
    if (!session.options.strict_stream_states) return session.report_received();
    return connection_error(Status::protocol, "PRIORITY_UPDATE: prioritized stream is 0");
  }
  Stream* stream;
  if (const Verdict verdict = find_stream(session, stream_id, &stream); !verdict.proceeds()) {
    return verdict;
  }
  Extpri priority = {http::kDefaultUrgency, 0};
  if (stream && !stream->has(Stream::kIgnorePriority) &&
      http::parse_priority(frame.priority_update.field_value, priority)) {
    session.change_urgency(*stream, priority);
  }
  return session.report_received();
}

// A priority matters only as long as a response is to come.
Status check(Session& session, OutboundItem& item) {
  if (session.is_closing()) return Status::session_closing;
  const Stream* stream = session.streams.find(item.frame.priority_update.prioritized_stream_id);
  if (!stream) return Status::ok;
  if (stream->has(Stream::kResetQueued)) return Status::stream_closing;
  return stream->is_remote_closed() ? Status::invalid_stream_state : Status::ok;
}

Status write(Session& session, OutboundItem& item) {
  return frame::write_priority_update(session.wire, item.frame.priority_update);
}

}  // namespace

const FrameHooks kPriorityUpdateHooks = {.head = head,
                                         .begin = nullptr,
                                         .chunk = nullptr,
                                         .skipped = nullptr,
                                         .end = end,
                                         .check = check,
                                         .write = write,
                                         .sent = nullptr};

}  // namespace nghttp2::session
