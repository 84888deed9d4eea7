// SPDX-License-Identifier: MIT
// DATA, sending (RFC 9113 §6.1, §6.9).
#include "session/send_data.h"

#include <algorithm>

#include "base/check.h"
#include "frame/write.h"

namespace nghttp2::session {
namespace {

// Without a callback of the application's a frame carries no more than this.
constexpr int64_t kUsualPayload = 16384;

// What a DATA frame may have around its content: head, Pad Length and padding.
constexpr size_t kAround = frame::kDataHeadSize + 256;

Status check_stream(const Session& session, const Stream& stream) {
  if (session.is_closing()) return Status::session_closing;
  if (stream.is_local_closed()) return Status::stream_shut_for_writing;
  if (stream.has(Stream::kResetQueued)) return Status::stream_closing;
  if (session.is_local(stream.stream_id)) {
    return stream.has(Stream::kReserved) ? Status::invalid_stream_state : Status::ok;
  }
  return stream.has(Stream::kAnswered) ? Status::ok : Status::invalid_stream_state;
}

int64_t within_windows(const Session& session, const Stream& stream, int64_t wanted) {
  return std::min({wanted, int64_t(stream.send.available()),
                   int64_t(session.send_window.available()),
                   int64_t(session.settings.remote.max_frame_size)});
}

// How many bytes to ask for; 0 or less if the windows have no room.
int64_t read_limit(Session& session, const Stream& stream) {
  const int64_t usual = within_windows(session, stream, kUsualPayload);
  if (usual <= 0 || !session.events.limits_body_reads()) return usual;
  const int64_t wanted = session.events.body_read_limit(
      stream.stream_id, session.send_window.available(), stream.send.available(),
      session.settings.remote.max_frame_size);
  const int64_t allowed = within_windows(session, stream, wanted);
  return allowed > 0 ? allowed : int64_t(Status::callback_failure);
}

// A body that could not be read: what becomes of the stream.
Result<DataOutcome> read_failed(Session& session, Stream& stream, Status status) {
  switch (status) {
    case Status::deferred:
      session.outbound.room_in_vain = true;
      stream.set(Stream::kBodyDeferred);
      session.update_activity(stream);
      return DataOutcome::skipped;
    case Status::pause: return DataOutcome::paused;
    case Status::temporal_callback_failure: {
      session.detach_body(stream);
      const Status reset =
          session.queue_rst_stream(stream.stream_id, uint32_t(frame::ErrorCode::internal_error));
      if (reset != Status::ok) return reset;
      return DataOutcome::skipped;
    }
    default: session.detach_body(stream); return Status::callback_failure;
  }
}

// Chooses padding and completes the frame around the body bytes, which are in place already.
Status finish_frame(Session& session, const BodyChunk& body, int64_t limit) {
  Frame& frame = session.outbound.data_frame;
  frame.padding = 0;
  const size_t max = size_t(std::min(limit, body.size + 256));
  if (session.events.selects_padding() && size_t(body.size) < max) {
    const int64_t padded = session.events.select_padding(frame, max);
    if (padded < body.size || padded > int64_t(max)) return Status::callback_failure;
    frame.padding = uint16_t(padded - body.size);
    frame.head.length = uint32_t(padded);
    if (frame.padding > 0) frame.head.flags |= frame::kFlagPadded;
  }
  const frame::DataFrame form = {.stream_id = frame.head.stream_id,
                                 .end_stream = frame.has(frame::kFlagEndStream),
                                 .content = size_t(body.size),
                                 .padding = frame.padding};
  uint8_t* to = session.wire.tail();
  if (frame.padding > 0 && !body.not_copied) {
    // Makes room for the Pad Length field.
    std::memmove(to + frame::kDataHeadSize, to + frame::kFrameHeadSize, size_t(body.size));
  }
  const size_t head_size = frame::write_data_head(to, form);
  if (body.not_copied) {
    session.wire.commit(frame::kFrameHeadSize);
    return Status::ok;
  }
  std::memset(to + head_size + body.size, 0, frame::data_tail_bytes(form));
  session.wire.commit(head_size + size_t(body.size) + frame::data_tail_bytes(form));
  return Status::ok;
}

}  // namespace

Result<DataOutcome> write_data(Session& session, Stream& stream) {
  const int32_t stream_id = stream.stream_id;
  if (check_stream(session, stream) != Status::ok) {
    session.detach_body(stream);
    return DataOutcome::skipped;
  }
  session.wire.clear();
  int64_t limit = read_limit(session, stream);
  if (limit == int64_t(Status::callback_failure)) return Status::callback_failure;
  // Content that is read to where it is wanted need not be copied.
  if (session.wire.is_borrowing()) limit = std::min(limit, int64_t(session.wire.room() - kAround));
  if (limit <= 0) {
    H2_ASSERT(stream.send.available() <= 0);
    stream.set(Stream::kWindowExhausted);
    session.update_activity(stream);
    return DataOutcome::skipped;
  }
  Outbound& outbound = session.outbound;
  outbound.max_header_payload = std::max(outbound.max_header_payload, size_t(limit));
  if (!session.wire.reserve(size_t(limit) + kAround)) return Status::no_memory;
  const MutableBytes room = {session.wire.tail() + frame::kFrameHeadSize, size_t(limit)};
  const BodyChunk body = session.events.read_body(stream.body, stream_id, room);
  if (body.size < 0) return read_failed(session, stream, Status(body.size));
  if (body.size > limit) {
    session.detach_body(stream);
    return Status::callback_failure;
  }
  outbound.data_ends_body = body.end_of_body;
  outbound.data_not_copied = body.not_copied;
  frame::FrameHead head;
  head.length = uint32_t(body.size);
  head.stream_id = stream_id;
  head.type = uint8_t(frame::FrameType::data);
  if (body.end_of_body && stream.has(Stream::kEndsWithBody) && !body.keep_stream_open) {
    head.flags = frame::kFlagEndStream;
  }
  outbound.data_frame = Frame(head);
  if (Status status = finish_frame(session, body, limit); status != Status::ok) {
    session.detach_body(stream);
    return status;
  }
  session.streams.scheduler.charge(stream, outbound.data_frame.head.length);
  // An empty frame that does not end the stream either says nothing.
  if (outbound.data_frame.head.length == 0 && body.end_of_body && body.keep_stream_open) {
    session.wire.clear();
    session.detach_body(stream);
    return DataOutcome::skipped;
  }
  outbound.has_data = true;
  outbound.room_in_vain = false;
  return DataOutcome::written;
}

Status data_sent(Session& session) {
  Outbound& outbound = session.outbound;
  const Frame frame = outbound.data_frame;
  outbound.has_data = false;
  Stream* stream = session.streams.find(frame.head.stream_id);
  session.send_window.spend(frame.head.length);
  session.limits.data_sent(frame.head.length, frame.has(frame::kFlagEndStream));
  if (stream) {
    stream->send.spend(frame.head.length);
    // Before the callback, so that it can submit another body.
    if (outbound.data_ends_body) session.detach_body(*stream);
  }
  if (session.events.on_frame_sent(frame) != Status::ok) return Status::callback_failure;
  stream = session.streams.find(frame.head.stream_id);
  if (!stream) return Status::ok;
  return frame.has(frame::kFlagEndStream) ? session.end_local(*stream) : Status::ok;
}

}  // namespace nghttp2::session
