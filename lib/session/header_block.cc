// SPDX-License-Identifier: MIT
// A header block on its way in.
#include "session/header_block.h"

#include <algorithm>

#include "http/message_rules.h"
#include "session/session.h"

namespace nghttp2::session {

using frame::ErrorCode;
using frame::FrameType;
using hpack::Inflater;
using http::FieldVerdict;

namespace {

// Of each field in the size of a list (RFC 9113 §6.5.2).
constexpr size_t kFieldOverhead = 32;

// A block that was too much is decoded up to so many budgets more, and this much on top.
constexpr int64_t kMoreBudgets = 3;
constexpr int64_t kLeastExcessSize = 1 << 18;
constexpr int64_t kLeastExcessFields = 1000;

// The field section is a request's: of HEADERS to a server, or of PUSH_PROMISE.
bool is_request(const Session& session, const Frame& frame) {
  return session.is_server() || frame.type() == FrameType::push_promise;
}

bool is_trailers(const Frame& frame, const Stream& stream) {
  return frame.type() == FrameType::headers && frame.headers.category == HeadersCategory::headers &&
         !http::expects_final_response(stream.incoming);
}

int text_length(Bytes text) {
  return int(text.size() < 100 ? text.size() : 100);
}

}  // namespace

HeaderBudget header_budget(const Session& session) {
  HeaderBudget budget = session.limits.header_budget();
  // What the peer was told that it may send is not too much.
  const uint32_t announced = session.settings.local.max_header_list_size;
  if (announced != kUnlimited) budget.size = std::max<int64_t>(budget.size, announced);
  return budget;
}

// With the budget in the hands of the caller, who need not write it to memory for every field.
[[gnu::always_inline]] inline Verdict HeaderBlock::feed_within(HeaderBudget& left, Session& session,
                                                               Bytes& fragment, bool last) {
  while (true) {
    const Result<Inflater::Step> step = session.inflater.next(fragment, last);
    if (!step.ok()) {
      if (step.status == Status::no_memory) return fatal(step.status);
      if (Status status = abandon_stream(session); status != Status::ok) return fatal(status);
      return terminate(ErrorCode::compression_error, "malformed header block");
    }
    if (step.value != Inflater::Step::field) return proceed();
    const hpack::Field& field = session.inflater.field();
    left.size -= int64_t(field.name.size() + field.value.size() + kFieldOverhead);
    if (--left.fields < 0 || left.size < 0) {
      const HeaderBudget budget = header_budget(session);
      left = {left.size + budget.size * kMoreBudgets + kLeastExcessSize,
              left.fields + budget.fields * kMoreBudgets + kLeastExcessFields};
      if (const Verdict verdict = exceed_budget(); !verdict.proceeds()) return verdict;
    }
    if (mode_ == Mode::decode_only) continue;
    if (const Verdict verdict = on_field(session); !verdict.proceeds()) return verdict;
    // terminate() from inside a callback ends everything at once.
    if (session.shutdown.terminating) return proceed();
  }
}

Verdict HeaderBlock::feed(Session& session, Bytes& fragment, bool last) {
  HeaderBudget left = left_;
  const Verdict verdict = feed_within(left, session, fragment, last);
  left_ = left;
  return verdict;
}

// HPACK bombs (CVE-2016-6581, CVE-2026-49975): few octets that stand for many fields, or long ones.
// The first time only the stream suffers and decoding goes on, since the peer's table counts on
// it; but that costs work as well, which ends where the peer cannot mean it any more.
Verdict HeaderBlock::exceed_budget() {
  if (is_over_budget_) {
    return terminate(ErrorCode::enhance_your_calm, "header block far larger than allowed");
  }
  is_over_budget_ = true;
  if (mode_ == Mode::decode_only) return proceed();
  return {.kind = Verdict::Kind::stream_error,
          .code = ErrorCode::enhance_your_calm,
          .status = Status::frame_size_error};
}

// No callback shall come for the stream any more.
Status HeaderBlock::abandon_stream(Session& session) {
  const int32_t stream_id = session.inbound.frame.subject_stream_id();
  if (mode_ == Mode::decode_only || !session.streams.find(stream_id)) return Status::ok;
  return session.queue_rst_stream(stream_id, uint32_t(ErrorCode::compression_error));
}

Verdict HeaderBlock::on_field(Session& session) {
  const Frame& frame = session.inbound.frame;
  Stream* stream = session.streams.find(frame.subject_stream_id());
  if (!stream) return ignore();
  if (session.checks_messages()) {
    const hpack::Field& field = session.inflater.field();
    const http::ReceivedField received = {field.name, field.value, field.token};
    const http::SectionContext context = {
        .trailers = is_trailers(frame, *stream),
        .connect_protocol = session.is_server() && session.settings.pending_enable_connect_protocol,
        .promised = frame.type() == FrameType::push_promise,
        .strict_whitespace = !session.options.lax_whitespace};
    const FieldVerdict verdict =
        is_request(session, frame)
            ? http::check_request_field(stream->incoming, received, context)
            : http::check_response_field(stream->incoming, received, context);
    switch (verdict) {
      case FieldVerdict::accept: break;
      case FieldVerdict::ignore: return proceed();
      case FieldVerdict::malformed: return reject_field(session);
      case FieldVerdict::invalid: return report_invalid_field(session);
    }
  }
  return deliver(session.events.on_field(frame, session.inflater));
}

Verdict HeaderBlock::deliver(Status status) {
  switch (status) {
    case Status::ok: return proceed();
    case Status::pause: return pause();
    case Status::temporal_callback_failure: return reset_stream(ErrorCode::internal_error);
    case Status::no_memory: return fatal(status);
    default: return fatal(Status::callback_failure);
  }
}

Status HeaderBlock::complain(Session& session, const char* what) {
  const hpack::Field& field = session.inflater.field();
  const Frame& frame = session.inbound.frame;
  return session.report_error(
      Status::http_header, "%s: frame type: %u, stream: %d, name: [%.*s], value: [%.*s]", what,
      unsigned(frame.head.type), int(frame.head.stream_id), text_length(field.name),
      reinterpret_cast<const char*>(field.name.data()), text_length(field.value),
      reinterpret_cast<const char*>(field.value.data()));
}

Verdict HeaderBlock::reject_field(Session& session) {
  const Status status = complain(session, "Invalid HTTP header field was received");
  return status == Status::ok ? stream_error(Status::http_header) : fatal(status);
}

Verdict HeaderBlock::report_invalid_field(Session& session) {
  FieldReceipt receipt = FieldReceipt::unhandled;
  const Status status =
      session.events.on_invalid_field(session.inbound.frame, session.inflater, &receipt);
  if (receipt == FieldReceipt::unhandled) return reject_field(session);
  // The application objects to going on without the field.
  if (status == Status::temporal_callback_failure) return reject_field(session);
  if (status != Status::ok) return deliver(status);
  return verdict_of(complain(session, "Ignoring received invalid HTTP header field"));
}

bool HeaderBlock::is_well_formed(Session& session) {
  const Frame& frame = session.inbound.frame;
  Stream& stream = *session.streams.find(frame.subject_stream_id());
  const bool end_stream = frame.type() == FrameType::headers && frame.has(frame::kFlagEndStream);
  bool well_formed;
  if (is_trailers(frame, stream)) {
    well_formed = http::end_trailer_section(stream.incoming, end_stream);
  } else if (is_request(session, frame)) {
    well_formed = http::end_request_section(stream.incoming);
  } else {
    well_formed = http::end_response_section(stream.incoming, end_stream);
  }
  return well_formed && (!end_stream || http::on_end_stream(stream.incoming));
}

void HeaderBlock::apply_priority(Session& session, Stream& stream) {
  const Frame& frame = session.inbound.frame;
  const bool is_new_request = session.is_server() && frame.type() == FrameType::headers &&
                              frame.headers.category == HeadersCategory::request;
  if (!is_new_request || !session.uses_urgency()) return;
  if (stream.has(Stream::kIgnorePriority)) return;
  Extpri priority = {http::kDefaultUrgency, 0};
  if (http::requested_priority(stream.incoming, priority)) session.change_urgency(stream, priority);
}

Verdict HeaderBlock::finish(Session& session) {
  close();
  const Frame& frame = session.inbound.frame;
  Stream* stream = session.streams.find(frame.subject_stream_id());
  if (mode_ == Mode::decode_only || !stream || stream->has(Stream::kResetQueued)) return proceed();
  const bool ends_stream = frame.type() == FrameType::headers && frame.has(frame::kFlagEndStream);
  if (session.checks_messages() && !is_well_formed(session)) {
    // The stream stays until its RST_STREAM has been sent.
    if (ends_stream) {
      const Transition next = transition(stream->state, StreamEvent::recv_end_stream);
      if (next.fault == Status::ok) stream->state = next.next;
    }
    return stream_error(Status::http_messaging);
  }
  apply_priority(session, *stream);
  if (const Verdict verdict = session.report_received(); !verdict.proceeds()) return verdict;
  if (!ends_stream) return proceed();
  stream = session.streams.find(frame.head.stream_id);
  return stream ? verdict_of(session.end_remote(*stream)) : proceed();
}

}  // namespace nghttp2::session
