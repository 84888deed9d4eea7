// SPDX-License-Identifier: MIT
// HTTP/2 as a load generator needs it: frames of the server (RFC 9113 §6).
#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "h2load/http2_protocol.h"
#include "h2load/request_source.h"

namespace h2load {

namespace {

constexpr std::int64_t kMaxWindow = 0x7fffffff;
constexpr std::uint32_t kMaxFrameBytes = 0xffffff;
// Of one header block, before it is decoded.
constexpr std::size_t kMaxBlockBytes = 256 * 1024;
// Answers to frames that the server does not read.
constexpr std::size_t kMaxUnread = 1024 * 1024;
constexpr std::size_t kPriorityBytes = 5;

bool has(const FrameHead& head, int flag) {
  return (head.flags & flag) != 0;
}

}  // namespace

bool Http2Protocol::receive(Octets input) {
  while (!input.empty() && !failed_) {
    // The rest of a frame whose beginning came before.
    if (!pending_.empty()) {
      std::size_t wanted = kFrameHeadBytes;
      if (pending_.size() >= kFrameHeadBytes) wanted += read_frame_head(pending_.bytes()).length;
      const std::size_t part = std::min(wanted - pending_.size(), input.size());
      pending_.append(input.first(part));
      input = input.subspan(part);
      if (pending_.size() < kFrameHeadBytes) return true;
      const FrameHead head = read_frame_head(pending_.bytes());
      if (head.length > config_.max_frame_size) return fail(NGHTTP2_FRAME_SIZE_ERROR, "frame size");
      if (pending_.size() < kFrameHeadBytes + head.length) continue;
      const bool good = receive_frame(head, pending_.bytes().subspan(kFrameHeadBytes));
      pending_.clear();
      if (!good) return false;
      continue;
    }
    if (input.size() < kFrameHeadBytes) {
      pending_.append(input);
      return true;
    }
    const FrameHead head = read_frame_head(input);
    if (head.length > config_.max_frame_size) return fail(NGHTTP2_FRAME_SIZE_ERROR, "frame size");
    if (input.size() < kFrameHeadBytes + head.length) {
      pending_.append(input);
      return true;
    }
    if (!receive_frame(head, input.subspan(kFrameHeadBytes, head.length))) return false;
    input = input.subspan(kFrameHeadBytes + head.length);
  }
  return !failed_;
}

bool Http2Protocol::receive_frame(const FrameHead& head, Octets payload) {
  if (!settings_received_ && head.type != NGHTTP2_SETTINGS) {
    return fail(NGHTTP2_PROTOCOL_ERROR, "it does not begin with SETTINGS");
  }
  if (block_stream_ != 0 && head.type != NGHTTP2_CONTINUATION) {
    return fail(NGHTTP2_PROTOCOL_ERROR, "a header block is interrupted");
  }
  switch (head.type) {
    case NGHTTP2_DATA: return receive_data(head, payload);
    case NGHTTP2_HEADERS: return receive_headers(head, payload);
    case NGHTTP2_RST_STREAM: return receive_reset(head, payload);
    case NGHTTP2_SETTINGS: return receive_settings(head, payload);
    case NGHTTP2_PUSH_PROMISE:
      return fail(NGHTTP2_PROTOCOL_ERROR, "PUSH_PROMISE although push is disabled");
    case NGHTTP2_PING: return receive_ping(head, payload);
    case NGHTTP2_GOAWAY: return receive_goaway(head, payload);
    case NGHTTP2_WINDOW_UPDATE: return receive_window_update(head, payload);
    case NGHTTP2_CONTINUATION: return receive_continuation(head, payload);
    default: return true;
  }
}

// False when the server makes us answer and does not read the answers.
bool Http2Protocol::may_answer(const char* what) {
  return output_.size() < kMaxUnread ||
         fail(NGHTTP2_ENHANCE_YOUR_CALM,
              std::string("too many answers to ") + what + " are unread");
}

bool Http2Protocol::remove_padding(const FrameHead& head, Octets& payload) {
  if (!has(head, NGHTTP2_FLAG_PADDED)) return true;
  if (payload.empty() || payload[0] >= payload.size()) {
    return fail(NGHTTP2_PROTOCOL_ERROR, "padding");
  }
  payload = payload.subspan(1, payload.size() - 1 - payload[0]);
  return true;
}

bool Http2Protocol::receive_data(const FrameHead& head, Octets payload) {
  if (!is_known(head.stream)) return fail(NGHTTP2_PROTOCOL_ERROR, "DATA of an idle stream");
  // Padding counts, too (RFC 9113 §6.9.1).
  const auto flow = static_cast<std::int64_t>(payload.size());
  unacknowledged_ += flow;
  if (unacknowledged_ > connection_credit_) {
    return fail(NGHTTP2_FLOW_CONTROL_ERROR, "more DATA than the connection's window");
  }
  if (unacknowledged_ > connection_credit_ / 2) {
    writer_.window_update(0, static_cast<std::uint32_t>(unacknowledged_));
    unacknowledged_ = 0;
    if (!may_answer("DATA")) return false;
  }
  if (!remove_padding(head, payload)) return false;
  Exchange* const exchange = streams_.find(head.stream);
  if (!exchange) return true;
  if (exchange->status == 0 || exchange->response_ended) {
    refuse(*exchange, NGHTTP2_PROTOCOL_ERROR);
    return true;
  }
  if (exchange->observer) exchange->observer->on_content(base::as_text(payload));
  events_.on_content(*exchange, payload.size());
  exchange->received += payload.size();
  if (has(head, NGHTTP2_FLAG_END_STREAM)) {
    response_ended(*exchange);
    return true;
  }
  exchange->unacknowledged += flow;
  if (exchange->unacknowledged > stream_credit_) {
    refuse(*exchange, NGHTTP2_FLOW_CONTROL_ERROR);
  } else if (exchange->unacknowledged > stream_credit_ / 2) {
    writer_.window_update(head.stream, static_cast<std::uint32_t>(exchange->unacknowledged));
    exchange->unacknowledged = 0;
    return may_answer("DATA");
  }
  return true;
}

bool Http2Protocol::receive_headers(const FrameHead& head, Octets payload) {
  if (!is_known(head.stream)) return fail(NGHTTP2_PROTOCOL_ERROR, "HEADERS of an idle stream");
  if (!remove_padding(head, payload)) return false;
  if (has(head, NGHTTP2_FLAG_PRIORITY)) {
    if (payload.size() < kPriorityBytes) return fail(NGHTTP2_FRAME_SIZE_ERROR, "HEADERS");
    payload = payload.subspan(kPriorityBytes);
  }
  const bool end_stream = has(head, NGHTTP2_FLAG_END_STREAM);
  if (has(head, NGHTTP2_FLAG_END_HEADERS)) return receive_block(head.stream, payload, end_stream);
  block_stream_ = head.stream;
  block_ends_stream_ = end_stream;
  block_.append(payload);
  return true;
}

bool Http2Protocol::receive_continuation(const FrameHead& head, Octets payload) {
  if (block_stream_ == 0 || head.stream != block_stream_) {
    return fail(NGHTTP2_PROTOCOL_ERROR, "CONTINUATION of nothing");
  }
  // Frames without content count, or they would come for ever.
  block_overhead_ += kFrameHeadBytes;
  block_.append(payload);
  if (block_.size() + block_overhead_ > kMaxBlockBytes) {
    return fail(NGHTTP2_ENHANCE_YOUR_CALM, "a header block without end");
  }
  if (!has(head, NGHTTP2_FLAG_END_HEADERS)) return true;
  const bool good = receive_block(block_stream_, block_.bytes(), block_ends_stream_);
  block_.clear();
  block_stream_ = 0;
  block_overhead_ = 0;
  return good;
}

bool Http2Protocol::receive_block(std::int32_t stream, Octets block, bool end_stream) {
  Exchange* const exchange = streams_.find(stream);
  ResponseObserver* const observer = exchange ? exchange->observer : nullptr;
  HeaderDecoder::Show show;
  if (config_.verbosity > 0 || observer) {
    show = [this, stream, observer](std::string_view name, std::string_view value) {
      if (observer) observer->on_field(name, value);
      if (config_.verbosity > 0) events_.on_field(stream, name, value);
    };
  }
  // Of a stream that has ended, too: the next block refers to it.
  const FieldFacts* const facts = decoder_.decode(block, show);
  if (!facts) return fail(NGHTTP2_COMPRESSION_ERROR, "a header block that cannot be decoded");
  events_.on_header_octets(block.size(), facts->decoded_octets);
  if (!exchange) return true;
  if (exchange->response_ended) {
    refuse(*exchange, NGHTTP2_STREAM_CLOSED);
  } else {
    head_received(*exchange, *facts, end_stream);
  }
  return true;
}

bool Http2Protocol::receive_reset(const FrameHead& head, Octets payload) {
  if (payload.size() != 4) return fail(NGHTTP2_FRAME_SIZE_ERROR, "RST_STREAM");
  if (!is_known(head.stream)) return fail(NGHTTP2_PROTOCOL_ERROR, "RST_STREAM of an idle stream");
  Exchange* const exchange = streams_.find(head.stream);
  if (!exchange) return true;
  const std::uint32_t error_code = read_uint32(payload);
  exchange->reset = true;
  // RFC 9113 §8.1: after a whole response, the server only wants no more of our content.
  const bool is_whole = exchange->response_ended && error_code == NGHTTP2_NO_ERROR;
  end(*exchange, is_whole ? Ending::complete : Ending::reset, error_code);
  return true;
}

bool Http2Protocol::receive_settings(const FrameHead& head, Octets payload) {
  if (head.stream != 0) return fail(NGHTTP2_PROTOCOL_ERROR, "SETTINGS of a stream");
  if (has(head, NGHTTP2_FLAG_ACK)) {
    if (!payload.empty()) return fail(NGHTTP2_FRAME_SIZE_ERROR, "SETTINGS");
    if (!settings_received_) return fail(NGHTTP2_PROTOCOL_ERROR, "it begins with an answer");
    decoder_.set_table_limit(config_.decoder_table_bytes);
    return true;
  }
  if (payload.size() % 6 != 0) return fail(NGHTTP2_FRAME_SIZE_ERROR, "SETTINGS");
  settings_received_ = true;
  for (; !payload.empty(); payload = payload.subspan(6)) {
    if (!receive_setting(read_uint16(payload), read_uint32(payload.subspan(2)))) return false;
  }
  writer_.settings_ack();
  return may_answer("SETTINGS");
}

bool Http2Protocol::receive_setting(std::uint16_t id, std::uint32_t value) {
  events_.on_setting(id, value);
  switch (id) {
    case NGHTTP2_SETTINGS_HEADER_TABLE_SIZE: encoder_.set_peer_limit(value); return true;
    case NGHTTP2_SETTINGS_ENABLE_PUSH:
      return value == 0 || fail(NGHTTP2_PROTOCOL_ERROR, "SETTINGS_ENABLE_PUSH");
    case NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS: max_concurrent_ = value; return true;
    case NGHTTP2_SETTINGS_MAX_FRAME_SIZE:
      if (value < kDefaultFrameBytes || value > kMaxFrameBytes) {
        return fail(NGHTTP2_PROTOCOL_ERROR, "SETTINGS_MAX_FRAME_SIZE");
      }
      max_frame_bytes_ = value;
      return true;
    case NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE: break;
    default: return true;
  }
  if (value > kMaxWindow) return fail(NGHTTP2_FLOW_CONTROL_ERROR, "SETTINGS_INITIAL_WINDOW_SIZE");
  const std::int64_t change = value - first_window_;
  first_window_ = value;
  for (Exchange* const exchange : uploading_) {
    exchange->send_window += change;
    if (exchange->send_window > kMaxWindow) {
      return fail(NGHTTP2_FLOW_CONTROL_ERROR, "SETTINGS_INITIAL_WINDOW_SIZE");
    }
  }
  return true;
}

bool Http2Protocol::receive_ping(const FrameHead& head, Octets payload) {
  if (payload.size() != 8) return fail(NGHTTP2_FRAME_SIZE_ERROR, "PING");
  if (head.stream != 0) return fail(NGHTTP2_PROTOCOL_ERROR, "PING of a stream");
  if (has(head, NGHTTP2_FLAG_ACK)) return true;
  writer_.ping_ack(payload);
  return may_answer("PING");
}

bool Http2Protocol::receive_goaway(const FrameHead& head, Octets payload) {
  if (payload.size() < 8) return fail(NGHTTP2_FRAME_SIZE_ERROR, "GOAWAY");
  if (head.stream != 0) return fail(NGHTTP2_PROTOCOL_ERROR, "GOAWAY of a stream");
  accepts_requests_ = false;
  const std::uint32_t error_code = read_uint32(payload.subspan(4));
  events_.on_goaway(error_code);
  const auto last = static_cast<std::int32_t>(read_uint32(payload) & 0x7fffffff);
  const auto exchanges = events_.exchanges();
  // Their list changes as they end.
  const std::vector<Exchange*> all(exchanges.begin(), exchanges.end());
  for (Exchange* const exchange : all)
    if (exchange->stream_id > last) end(*exchange, Ending::unprocessed, error_code);
  return true;
}

bool Http2Protocol::receive_window_update(const FrameHead& head, Octets payload) {
  if (payload.size() != 4) return fail(NGHTTP2_FRAME_SIZE_ERROR, "WINDOW_UPDATE");
  const std::int64_t increment = read_uint32(payload) & 0x7fffffff;
  if (head.stream == 0) {
    send_window_ += increment;
    if (increment == 0) return fail(NGHTTP2_PROTOCOL_ERROR, "WINDOW_UPDATE of nothing");
    return send_window_ <= kMaxWindow ||
           fail(NGHTTP2_FLOW_CONTROL_ERROR, "the connection's window overflows");
  }
  if (!is_known(head.stream)) {
    return fail(NGHTTP2_PROTOCOL_ERROR, "WINDOW_UPDATE of an idle stream");
  }
  Exchange* const exchange = streams_.find(head.stream);
  if (!exchange) return true;
  exchange->send_window += increment;
  if (increment == 0) {
    refuse(*exchange, NGHTTP2_PROTOCOL_ERROR);
  } else if (exchange->send_window > kMaxWindow) {
    refuse(*exchange, NGHTTP2_FLOW_CONTROL_ERROR);
  }
  return true;
}

}  // namespace h2load
