// SPDX-License-Identifier: MIT
// Life of a connection and of its streams.
#include "session/session.h"

#include <cstdarg>
#include <cstdio>

#include "base/check.h"

namespace nghttp2::session {

using frame::ErrorCode;

Session::Session(const Memory& memory, Role r, const Options& o, Events& e)
    : allocator(memory),
      role(r),
      options(o),
      events(e),
      reader(allocator),
      inflater(allocator),
      outbox(allocator),
      deflater(allocator, o.max_deflate_table_size),
      wire(allocator),
      streams(allocator, r),
      history(allocator),
      settings(allocator),
      limits(options.limits),
      next_stream_id(r == Role::client ? 1 : 2) {
  settings.assume_remote_limit(options.peer_max_concurrent_streams);
  outbound.magic_pending = role == Role::client;
  const bool expects_magic = role == Role::server && !options.no_client_magic;
  inbound.phase = expects_magic ? Inbound::Phase::magic : Inbound::Phase::first_settings;
}

Session::~Session() {
  if (outbound.item) outbox.destroy(outbound.item);
}

void Session::release_memory() {
  reader.release_memory();
  inflater.release_memory();
  deflater.release_memory();
  outbox.release_memory();
  streams.release_memory();
  if (wire.empty() && !wire.is_borrowing()) wire.reset();
}

Stream* Session::open_stream(int32_t stream_id, StreamState state, void* user_data) {
  streams.shares_equally = !uses_urgency();
  Stream* stream = streams.open(stream_id, state, int32_t(settings.remote.initial_window_size),
                                int32_t(settings.local.initial_window_size), user_data);
  return stream;
}

Status Session::close_stream(int32_t stream_id, uint32_t error_code) {
  Stream* stream = streams.find(stream_id);
  if (!stream) return Status::ok;
  const Status status = events.on_stream_close(stream_id, error_code);
  if (status != Status::ok) return Status::callback_failure;
  // The callback may have changed the table, but only this function removes open streams.
  stream = streams.find(stream_id);
  if (stream) streams.remove(stream);
  return Status::ok;
}

Verdict Session::judge_late_frame(int32_t stream_id) const {
  // After our GOAWAY the peer may still use streams that we do not know.
  if (!options.strict_stream_states || !shutdown.accepts_new_streams()) return ignore();
  switch (history.fate_of(stream_id)) {
    case StreamHistory::Fate::reset_by_us: return ignore();
    case StreamHistory::Fate::passed_over:
      return connection_error(Status::protocol, "frame on a stream that was passed over");
    case StreamHistory::Fate::closed: break;
  }
  return connection_error(Status::stream_closed, "frame on a closed stream");
}

Status Session::close_if_both_ended(Stream& stream) {
  if (stream.state != StreamState::closed) return Status::ok;
  return close_stream(stream.stream_id, uint32_t(ErrorCode::no_error));
}

Status Session::end_local(Stream& stream) {
  const Transition next = transition(stream.state, StreamEvent::send_end_stream);
  if (next.fault == Status::ok) stream.state = next.next;
  return close_if_both_ended(stream);
}

Status Session::end_remote(Stream& stream) {
  const Transition next = transition(stream.state, StreamEvent::recv_end_stream);
  if (next.fault == Status::ok) stream.state = next.next;
  return close_if_both_ended(stream);
}

Status Session::close_streams_above(int32_t last_stream_id, bool incoming) {
  // Closing calls the application, which may change the table: so the identifiers come first.
  Vec<int32_t> ids(allocator);
  bool complete = true;
  streams.for_each([&](Stream& stream) {
    if (stream.is_idle() || stream.stream_id <= last_stream_id) return;
    if (is_local(stream.stream_id) != incoming) complete = ids.push(stream.stream_id) && complete;
  });
  if (!complete) return Status::no_memory;
  for (int32_t id : ids)
    RETURN_IF_ERROR(close_stream(id, uint32_t(ErrorCode::refused_stream)));
  return Status::ok;
}

void Session::attach_body(Stream& stream, const BodySource& body, bool ends_stream) {
  stream.body = body;
  stream.set(Stream::kHasBody);
  stream.clear(Stream::kBodyDeferred);
  stream.clear(Stream::kWindowExhausted);
  ends_stream ? stream.set(Stream::kEndsWithBody) : stream.clear(Stream::kEndsWithBody);
  update_activity(stream);
}

void Session::detach_body(Stream& stream) {
  stream.clear(Stream::kHasBody);
  stream.clear(Stream::kBodyDeferred);
  stream.clear(Stream::kWindowExhausted);
  update_activity(stream);
}

void Session::update_activity(Stream& stream) {
  if (stream.has(Stream::kHasBody) && !stream.is_body_blocked()) {
    streams.scheduler.activate(stream);
  } else {
    streams.scheduler.deactivate(stream);
  }
}

bool Session::wants_read() const {
  if (shutdown.terminated) return false;
  // Unless a GOAWAY passed, new streams may come; after it, only the open ones matter.
  return streams.active() > 0 || (!shutdown.goaway_sent && !shutdown.goaway_received);
}

bool Session::may_open_stream() const {
  return streams.outgoing() < settings.remote.max_concurrent_streams;
}

bool Session::has_data_to_send() const {
  return send_window.available() > 0 && const_cast<Scheduler&>(streams.scheduler).next() != nullptr;
}

bool Session::wants_write() const {
  if (shutdown.terminated) return false;
  return outbound.item || outbound.has_data || outbox.has_next(may_open_stream()) ||
         has_data_to_send();
}

Status Session::terminate(int32_t last_stream_id, uint32_t error_code, const char* reason) {
  if (shutdown.terminating) return Status::ok;
  const Bytes debug_data =
      reason ? Bytes(reinterpret_cast<const uint8_t*>(reason), std::strlen(reason)) : Bytes();
  // Even if the GOAWAY cannot be made: who wants the end wants no more input.
  inbound.phase = Inbound::Phase::ignoring;
  RETURN_IF_ERROR(queue_goaway(last_stream_id, error_code, debug_data, OutboundItem::kTerminates));
  shutdown.terminating = true;
  return Status::ok;
}

Status Session::note_glitch(uint64_t weight) {
  if (limits.note_glitch(weight)) return Status::ok;
  return terminate(last_processed_stream_id, uint32_t(ErrorCode::enhance_your_calm),
                   "too many glitches");
}

Status Session::note_forced_reset(int32_t stream_id) {
  // A request that was refused, or is over already, has cost nothing that it would not cost anyway.
  const Stream* stream = is_server() ? streams.find(stream_id) : nullptr;
  if (!stream || stream->has(Stream::kResetQueued) || limits.note_forced_reset()) {
    return Status::ok;
  }
  return terminate(last_processed_stream_id, uint32_t(ErrorCode::enhance_your_calm),
                   "too many stream errors");
}

Status Session::report_error(Status status, const char* format, ...) {
  if (!events.wants_errors()) return Status::ok;
  char message[512];
  va_list arguments;
  va_start(arguments, format);
  const int length = std::vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  if (length < 0) return Status::ok;
  const size_t size = size_t(length) < sizeof message ? size_t(length) : sizeof message - 1;
  return events.on_error(status, message, size) == Status::ok ? Status::ok
                                                              : Status::callback_failure;
}

}  // namespace nghttp2::session
