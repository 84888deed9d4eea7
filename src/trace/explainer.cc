// SPDX-License-Identifier: MIT
// Which rules the frames of a server break: the connection, its streams and their windows.
#include "trace/explainer.h"

#include <nghttp2/nghttp2.h>

#include <algorithm>

#include "trace/form_rules.h"

namespace trace {

namespace {

constexpr std::int64_t kMaxWindow = 0x7fffffff;
// We announce no other (RFC 9113 §6.5.2).
constexpr std::uint32_t kMaxFrameSize = 16384;

std::string stream_text(std::int32_t id) {
  return "stream " + std::to_string(id);
}

}  // namespace

void Explainer::upgraded(std::string_view method, Octets settings) {
  own_.apply(read_settings(settings));
  StreamRecord* const stream = streams_.add(1);
  stream->method = method;
  stream->sent_end = true;
  stream->receive_window = own_.initial_window();
  stream->send_window = peers_initial_window_;
}

// ---- What we send ----

void Explainer::sent(const TracedFrame& traced) {
  const Frame& frame = traced.frame;
  const FrameHead& head = frame.head;
  StreamRecord* const stream = streams_.find(head.stream_id);
  switch (head.type) {
    case NGHTTP2_HEADERS: sent_headers(frame); break;
    case NGHTTP2_DATA:
      send_window_ -= head.length;
      if (stream == nullptr) break;
      stream->send_window -= head.length;
      if (head.has(NGHTTP2_FLAG_END_STREAM)) stream->sent_end = true;
      break;
    case NGHTTP2_RST_STREAM:
      if (stream != nullptr) stream->sent_reset = true;
      break;
    case NGHTTP2_SETTINGS:
      if (!head.has(NGHTTP2_FLAG_ACK)) own_.sent(read_settings(frame.payload));
      break;
    case NGHTTP2_WINDOW_UPDATE: {
      const std::int32_t increment = Reader(frame.payload).id();
      if (head.stream_id == 0) receive_window_ += increment;
      if (stream != nullptr) stream->receive_window += increment;
      break;
    }
    default: break;
  }
  if (traced.block != nullptr) {
    StreamRecord* const asked = streams_.find(traced.block->first.stream_id);
    for (const hpack_explain::Step& step : traced.block->decoded.steps) {
      if (asked != nullptr && step.field.name == ":method") asked->method = step.field.value;
    }
  }
  streams_.settle(head.stream_id);
}

void Explainer::sent_headers(const Frame& frame) {
  const std::int32_t id = frame.head.stream_id;
  StreamRecord* stream = streams_.find(id);
  if (stream == nullptr && streams_.is_idle(id)) {
    stream = streams_.add(id);
    if (stream == nullptr) return;
    stream->receive_window = own_.initial_window();
    stream->send_window = peers_initial_window_;
  }
  if (stream != nullptr && frame.head.has(NGHTTP2_FLAG_END_STREAM)) stream->sent_end = true;
}

// ---- What we receive ----

Breaches Explainer::received(const TracedFrame& traced, bool interrupts_block,
                             bool continues_block) {
  Breaches breaches;
  const Frame& frame = traced.frame;
  const FrameHead& head = frame.head;
  const bool is_ack = head.has(NGHTTP2_FLAG_ACK);
  breaches.add_if(is_first_ && (head.type != NGHTTP2_SETTINGS || is_ack), rules::kFirstFrame);
  is_first_ = false;
  breaches.add_if(head.length > kMaxFrameSize, rules::kFrameSize,
                  std::to_string(head.length) + " octets");
  check_form(frame, traced.parts, breaches);
  breaches.add_if(interrupts_block, rules::kInterruptedBlock);
  breaches.add_if(head.type == NGHTTP2_CONTINUATION && !interrupts_block && !continues_block,
                  rules::kUnexpectedContinuation);
  switch (head.type) {
    case NGHTTP2_DATA: received_data(traced, breaches); break;
    case NGHTTP2_HEADERS: received_headers(frame, breaches); break;
    case NGHTTP2_RST_STREAM: received_reset(frame, breaches); break;
    case NGHTTP2_SETTINGS: received_settings(frame, breaches); break;
    case NGHTTP2_PUSH_PROMISE: received_promise(traced, breaches); break;
    case NGHTTP2_GOAWAY: received_goaway(frame, breaches); break;
    case NGHTTP2_WINDOW_UPDATE: received_window_update(frame, breaches); break;
    case NGHTTP2_ORIGIN: breaches.add_if(!is_secure_, rules::kOriginInCleartext); break;
    default: break;
  }
  if (traced.block != nullptr) received_block(*traced.block, breaches);
  streams_.settle(head.stream_id);
  return breaches;
}

void Explainer::received_settings(const Frame& frame, Breaches& breaches) {
  if (!frame.is_complete() || frame.head.stream_id != 0) return;
  if (frame.head.has(NGHTTP2_FLAG_ACK)) {
    const std::int64_t growth = own_.acknowledged();
    streams_.for_each([growth](StreamRecord& stream) { stream.receive_window += growth; });
    return;
  }
  peers_.check(frame.payload, breaches);
  const auto window = read_settings(frame.payload).initial_window_size;
  if (!window || *window > kMaxWindow) return;
  const std::int64_t growth = *window - peers_initial_window_;
  peers_initial_window_ = *window;
  streams_.for_each([growth, &breaches](StreamRecord& stream) {
    stream.send_window += growth;
    const bool is_open = !stream.is_closed() && !stream.sent_end;
    breaches.add_if(is_open && stream.send_window > kMaxWindow, rules::kSettingsOverflow,
                    stream_text(stream.id));
  });
}

void Explainer::received_goaway(const Frame& frame, Breaches& breaches) {
  Reader reader(frame.payload);
  const std::int32_t last = reader.id();
  if (reader.has_failed()) return;
  breaches.add_if(last > last_goaway_, rules::kGoawayGrows,
                  std::to_string(last) + " after " + std::to_string(last_goaway_));
  last_goaway_ = std::min(last, last_goaway_);
}

void Explainer::received_window_update(const Frame& frame, Breaches& breaches) {
  const FrameHead& head = frame.head;
  StreamRecord* const stream = head.stream_id == 0 ? nullptr : check_stream(head, breaches);
  Reader reader(frame.payload);
  const std::int32_t increment = reader.id();
  if (reader.has_failed()) return;
  breaches.add_if(reader.reserved_bit(), rules::kReservedBit);
  breaches.add_if(increment == 0, rules::kWindowUpdateZero);
  if (head.stream_id != 0 && stream == nullptr) return;
  std::int64_t& window = head.stream_id == 0 ? send_window_ : stream->send_window;
  window += increment;
  breaches.add_if(window > kMaxWindow, rules::kWindowOverflow, std::to_string(window));
}

void Explainer::received_reset(const Frame& frame, Breaches& breaches) {
  if (StreamRecord* const stream = check_stream(frame.head, breaches)) {
    stream->is_reserved = false;
    stream->received_reset = true;
  }
}

void Explainer::received_headers(const Frame& frame, Breaches& breaches) {
  StreamRecord* const stream = check_stream(frame.head, breaches);
  if (stream == nullptr) return;
  stream->is_over = stream->received_end || stream->received_reset;
  if (stream->is_reserved) {
    stream->is_reserved = false;
    const std::size_t open = streams_.count_open_pushes();
    breaches.add_if(open > own_.max_concurrent_streams(), rules::kConcurrency,
                    std::to_string(open) + " streams");
  }
  if (frame.head.has(NGHTTP2_FLAG_END_STREAM)) stream->received_end = true;
}

void Explainer::received_promise(const TracedFrame& traced, Breaches& breaches) {
  const FrameHead& head = traced.frame.head;
  breaches.add_if(!own_.enable_push(), rules::kPushDisabled);
  if (head.stream_id != 0) check_promise_parent(head.stream_id, breaches);
  if (!traced.parts.promised_stream_id) return;
  const std::int32_t id = *traced.parts.promised_stream_id;
  if (id == 0 || id % 2 != 0) {
    breaches.add(rules::kPromisedIdEven, stream_text(id));
    return;
  }
  if (!streams_.is_idle(id)) {
    breaches.add(rules::kPromisedIdGreater,
                 std::to_string(id) + " after " + std::to_string(streams_.highest_promised()));
    return;
  }
  if (StreamRecord* const promised = streams_.add(id)) {
    promised->receive_window = own_.initial_window();
    promised->send_window = peers_initial_window_;
  }
}

void Explainer::check_promise_parent(std::int32_t id, Breaches& breaches) {
  const StreamRecord* const parent = streams_.find(id);
  const bool is_known_to_be_bad =
      parent != nullptr && !parent->sent_reset && (parent->received_end || parent->received_reset);
  breaches.add_if(id % 2 == 0 || is_known_to_be_bad || (parent == nullptr && streams_.is_idle(id)),
                  rules::kPromiseParent, stream_text(id));
  breaches.add_if(parent != nullptr && parent->is_tunnel, rules::kTunnelFrame);
}

// ---- Streams ----

// The stream of a frame if it is one whose state is known, and which we have not reset: what a
// server sends before it knows of that breaks no rule.
StreamRecord* Explainer::check_stream(const FrameHead& head, Breaches& breaches) {
  const std::int32_t id = head.stream_id;
  if (id == 0) return nullptr;
  StreamRecord* const stream = streams_.find(id);
  if (stream == nullptr) {
    if (!streams_.is_idle(id)) return nullptr;
    const bool is_opening = head.type == NGHTTP2_HEADERS && id % 2 == 0;
    breaches.add(is_opening ? rules::kNotPromised : rules::kIdleStream, stream_text(id));
    return nullptr;
  }
  if (stream->sent_reset) return nullptr;
  check_place_in_stream(head, *stream, breaches);
  return stream;
}

void Explainer::check_place_in_stream(const FrameHead& head, const StreamRecord& stream,
                                      Breaches& breaches) {
  const bool is_content = head.type == NGHTTP2_DATA || head.type == NGHTTP2_HEADERS;
  if (stream.received_reset) {
    breaches.add(rules::kAfterReset);
  } else if (stream.received_end) {
    breaches.add_if(is_content, rules::kAfterEnd);
  } else if (stream.is_reserved) {
    breaches.add_if(head.type == NGHTTP2_DATA || head.type == NGHTTP2_WINDOW_UPDATE,
                    rules::kReservedStream);
  } else if (stream.is_tunnel) {
    breaches.add_if(head.type == NGHTTP2_HEADERS, rules::kTunnelFrame);
  }
}

void Explainer::take_from_windows(const Frame& frame, StreamRecord* stream, Breaches& breaches) {
  const auto length = static_cast<std::int64_t>(frame.payload.size());
  receive_window_ -= length;
  breaches.add_if(receive_window_ < 0, rules::kConnectionOverrun,
                  std::to_string(-receive_window_) + " octets too many");
  if (stream == nullptr) return;
  stream->receive_window -= length;
  const std::int64_t left = stream->receive_window + own_.announced_growth();
  breaches.add_if(left < 0, rules::kStreamOverrun, std::to_string(-left) + " octets too many");
}

}  // namespace trace
