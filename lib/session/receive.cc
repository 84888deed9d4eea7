// SPDX-License-Identifier: MIT
// Bytes in: the loop that turns input into frames and verdicts into actions.
#include <algorithm>

#include "session/frame_table.h"

namespace nghttp2::session {

using frame::ErrorCode;
using frame::FrameHead;
using frame::FrameType;
using Kind = Verdict::Kind;

namespace {

constexpr char kMagic[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

}  // namespace

Result<size_t> Session::receive(Bytes input) {
  // After GOAWAY and the last stream nothing can come that matters.
  if (!wants_read()) return input.size();
  Bytes rest = input;
  for (bool more = true; more;) {
    if (inbound.phase == Inbound::Phase::ignoring) return input.size();
    const Verdict verdict = step(rest, &more);
    if (verdict.proceeds()) continue;
    if (verdict.kind == Kind::pause) return input.size() - rest.size();
    if (Status status = apply(verdict); status != Status::ok) return status;
  }
  return input.size();
}

Verdict Session::step(Bytes& input, bool* more) {
  if (inbound.phase == Inbound::Phase::magic) {
    *more = !input.empty();
    return receive_magic(input);
  }
  const Result<frame::Reader::Event> event = reader.next(input);
  if (!event.ok()) return fatal(event.status);
  switch (event.value) {
    case frame::Reader::Event::need_more: *more = false; return proceed();
    case frame::Reader::Event::head: return on_head();
    case frame::Reader::Event::prefix: return on_prefix();
    case frame::Reader::Event::end: return on_end();
    case frame::Reader::Event::chunk: return on_chunk(input);
    case frame::Reader::Event::skipped: return on_skipped();
  }
  return fatal(Status::internal);
}

Verdict Session::receive_magic(Bytes& input) {
  const Bytes expected = literal(kMagic).from(inbound.magic_seen);
  const size_t count = std::min(input.size(), expected.size());
  if (!equal(input.first(count), expected.first(count))) return fatal(Status::bad_client_magic);
  input = input.from(count);
  inbound.magic_seen += uint8_t(count);
  if (count == expected.size()) inbound.phase = Inbound::Phase::first_settings;
  return proceed();
}

Verdict Session::on_head() {
  const FrameHead& head = reader.head();
  const FrameType type = FrameType(head.type);
  if (inbound.phase == Inbound::Phase::first_settings) {
    if (type != FrameType::settings || (head.flags & frame::kFlagAck)) {
      const Status status =
          report_error(Status::settings_expected,
                       "The peer sent something else where its SETTINGS frame was expected. It "
                       "may not speak HTTP/2.");
      return status == Status::ok
                 ? session::terminate(ErrorCode::protocol_error, "SETTINGS expected")
                 : fatal(status);
    }
    inbound.phase = Inbound::Phase::frames;
  }
  if (outbox.size() >= limits.options.max_outbound_queue) return fatal(Status::flooded);
  if (inbound.block.is_open()) return on_continuation_head();
  if (head.length > settings.local.max_frame_size) {
    return session::terminate(ErrorCode::frame_size_error,
                              "frame larger than SETTINGS_MAX_FRAME_SIZE");
  }
  const FrameHooks* hooks = receive_hooks(options, head.type);
  const frame::FrameRule& rule =
      hooks == &kExtensionHooks ? frame::extension_rule() : frame::rule_of(head.type);
  inbound.frame.head = head;
  inbound.frame.head.flags &= rule.flags;
  inbound.frame.padding = 0;
  inbound.frame.is_application_payload = hooks == &kExtensionHooks;
  inbound.is_ignored = false;
  if (!hooks) return verdict_of(note_glitch());
  if (hooks->head) {
    if (const Verdict verdict = hooks->head(*this); !verdict.proceeds()) return verdict;
  }
  const bool padded = rule.padded && inbound.frame.has(frame::kFlagPadded);
  if (padded && head.length == 0) {
    return session::terminate(ErrorCode::protocol_error, "no room for the Pad Length field");
  }
  // Padding comes first and is judged first.
  const bool is_length_valid = frame::has_valid_length(rule, inbound.frame.head);
  if (!is_length_valid && !padded) {
    return session::terminate(ErrorCode::frame_size_error, "frame of a wrong length");
  }
  if (Status status = events.on_begin_frame(inbound.frame.head); status != Status::ok) {
    return fatal(status);
  }
  const size_t fixed_size = is_length_valid ? frame::fixed_size(rule, inbound.frame.head) : 0;
  reader.accept(rule.delivery, padded, fixed_size);
  return padded || fixed_size > 0 || !hooks->begin ? proceed() : hooks->begin(*this);
}

Verdict Session::on_continuation_head() {
  const FrameHead& head = reader.head();
  if (FrameType(head.type) != FrameType::continuation ||
      head.stream_id != inbound.frame.head.stream_id) {
    return session::terminate(ErrorCode::protocol_error,
                              "header block interrupted by another frame");
  }
  if (head.length > settings.local.max_frame_size) {
    return session::terminate(ErrorCode::frame_size_error,
                              "frame larger than SETTINGS_MAX_FRAME_SIZE");
  }
  if (!limits.note_continuation()) return fatal(Status::too_many_continuations);
  if (inbound.block.is_delivering()) {
    if (Status status = events.on_begin_frame(head); status != Status::ok) return fatal(status);
  }
  inbound.frame.head.flags |= head.flags & frame::kFlagEndHeaders;
  inbound.frame.head.length += head.length;
  reader.accept(frame::Delivery::stream);
  return proceed();
}

Verdict Session::on_prefix() {
  const FrameHooks* hooks = receive_hooks(options, reader.head().type);
  const bool is_data = hooks == &kDataHooks;
  inbound.frame.padding = uint16_t(reader.padding_size());
  // Flow control counts the Pad Length field of DATA, whatever it says.
  const Verdict counted = is_data ? hooks->begin(*this) : proceed();
  if (counted.kind == Kind::fatal) return counted;
  if (!reader.is_padding_valid()) {
    return session::terminate(ErrorCode::protocol_error, "padding exceeds the payload");
  }
  if (!frame::has_valid_length(frame::rule_of(reader.head().type), inbound.frame.head)) {
    // By the letter of RFC 9113 §4.2 the size is the fault, but padding is usually blamed.
    return session::terminate(
        options.strict_stream_states ? ErrorCode::frame_size_error : ErrorCode::protocol_error,
        "no room for the fixed fields behind the Pad Length field");
  }
  return is_data ? counted : hooks->begin(*this);
}

Verdict Session::on_chunk(Bytes& input) {
  Bytes piece = reader.chunk();
  const Verdict verdict = receive_hooks(options, reader.head().type)->chunk(*this, piece);
  // A pause at the last field leaves the padding for the next call. Were it taken with the field,
  // nothing might be left to call for, and the end of the block would wait for other input.
  const bool pauses_block = verdict.kind == Kind::pause && inbound.block.is_open();
  if (!piece.empty() || pauses_block) reader.unread(input, piece.size());
  return verdict;
}

Verdict Session::on_skipped() {
  const FrameHooks* hooks = receive_hooks(options, reader.head().type);
  return hooks && hooks->skipped ? hooks->skipped(*this, reader.chunk()) : proceed();
}

Verdict Session::on_end() {
  const FrameHooks* hooks = receive_hooks(options, reader.head().type);
  if (!hooks || inbound.is_ignored) return proceed();
  return hooks->end(*this, reader.payload());
}

Status Session::apply(const Verdict& verdict) {
  switch (verdict.kind) {
    case Kind::proceed:
    case Kind::pause: return Status::ok;
    case Kind::ignore: return ignore_rest();
    case Kind::fatal: return verdict.status;
    case Kind::forced_reset:
    case Kind::stream_error:
      RETURN_IF_ERROR(note_forced_reset(inbound.frame.subject_stream_id()));
      [[fallthrough]];
    case Kind::reset:
      RETURN_IF_ERROR(queue_rst_stream(inbound.frame.subject_stream_id(), uint32_t(verdict.code)));
      if (verdict.kind == Kind::stream_error) {
        if (events.on_invalid_frame(inbound.frame, verdict.status) != Status::ok) {
          return Status::callback_failure;
        }
        RETURN_IF_ERROR(note_glitch());
      }
      return ignore_rest();
    case Kind::connection_error:
      if (events.on_invalid_frame(inbound.frame, verdict.status) != Status::ok) {
        return Status::callback_failure;
      }
      [[fallthrough]];
    case Kind::terminate:
      return terminate(last_processed_stream_id, uint32_t(verdict.code), verdict.reason);
  }
  return Status::internal;
}

Status Session::ignore_rest() {
  if (inbound.block.is_open()) {
    inbound.block.deliver_no_more();
  } else {
    inbound.is_ignored = true;
    reader.skip_rest();
  }
  return Status::ok;
}

}  // namespace nghttp2::session
