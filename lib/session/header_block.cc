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

struct HeaderBlock::Section {
  Stream* stream = nullptr;
  http::SectionContext context;
  bool is_checked = false;
  bool is_request = false;
  // Notes at entries of the table. Most fields come again and again from there, and were found good
  // before; the ordinary ones among them have no other meaning here.
  uint8_t known_mark = 0;
  uint8_t ordinary_mark = 0;
};

HeaderBlock::Section HeaderBlock::section_of(Session& session) {
  const Frame& frame = session.inbound.frame;
  Section section;
  section.stream = session.streams.find(frame.subject_stream_id());
  if (!section.stream || !session.checks_messages()) return section;
  section.is_checked = true;
  section.is_request = is_request(session, frame);
  section.known_mark = section.is_request ? 1 : 4;
  section.ordinary_mark = section.is_request ? 2 : 8;
  section.context = {
      .trailers = is_trailers(frame, *section.stream),
      .connect_protocol = session.is_server() && session.settings.pending_enable_connect_protocol,
      .promised = frame.type() == FrameType::push_promise,
      .strict_whitespace = !session.options.lax_whitespace};
  return section;
}

// With the budget in the hands of the caller, who need not write it to memory for every field.
[[gnu::always_inline]] inline Verdict HeaderBlock::feed_within(HeaderBudget& left, Session& session,
                                                               Bytes& fragment, bool last) {
  const Section section = mode_ == Mode::deliver ? section_of(session) : Section();
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
    if (!section.stream) return ignore();
    if (section.is_checked) {
      if (field.marks & section.ordinary_mark) {
        http::note_ordinary_field(section.stream->incoming);
      } else if (const FieldVerdict verdict = check_field(session, section);
                 verdict != FieldVerdict::accept) {
        const Verdict consequence = on_unusual_field(session, verdict);
        if (!consequence.proceeds()) return consequence;
        if (session.shutdown.terminating) return proceed();
        continue;
      }
    }
    if (const Status status = session.events.on_field(session.inbound.frame, session.inflater);
        status != Status::ok) {
      return deliver(status);
    }
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

FieldVerdict HeaderBlock::check_field(Session& session, const Section& section) {
  const hpack::Field& field = session.inflater.field();
  const http::ReceivedField received = {field.name, field.value, field.token,
                                        (field.marks & section.known_mark) != 0};
  http::MessageState& message = section.stream->incoming;
  const FieldVerdict verdict = section.is_request
                                   ? http::check_request_field(message, received, section.context)
                                   : http::check_response_field(message, received, section.context);
  if (verdict == FieldVerdict::accept && !received.is_known) {
    const bool ordinary = http::is_ordinary(field.token);
    session.inflater.mark(section.known_mark | (ordinary ? section.ordinary_mark : 0));
  }
  return verdict;
}

Verdict HeaderBlock::on_unusual_field(Session& session, FieldVerdict verdict) {
  switch (verdict) {
    case FieldVerdict::malformed: return reject_field(session);
    case FieldVerdict::invalid: return report_invalid_field(session);
    default: return proceed();
  }
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
