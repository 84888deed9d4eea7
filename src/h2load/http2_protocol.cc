// SPDX-License-Identifier: MIT
// HTTP/2 as a load generator needs it: what is sent, and how exchanges end.
#include "h2load/http2_protocol.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace h2load {

namespace {

constexpr std::size_t kOutputBytes = 64 * 1024;
constexpr std::int64_t kLeastConnectionWindow = 65535;
constexpr std::int32_t kLastId = std::numeric_limits<std::int32_t>::max() - 2;

std::int64_t window_bytes(int bits) {
  return (std::int64_t{1} << bits) - 1;
}

}  // namespace

Http2Protocol::Http2Protocol(const Config& config, ProtocolEvents& events, const TimePoint& now)
    : config_(config),
      events_(events),
      now_(now),
      encoder_(config.encoder_table_bytes),
      max_concurrent_(config.max_concurrent_streams),
      stream_credit_(window_bytes(config.window_bits)),
      connection_credit_(
          std::max(window_bytes(config.connection_window_bits), kLeastConnectionWindow)) {
  std::vector<FrameWriter::Setting> settings = {
      {NGHTTP2_SETTINGS_ENABLE_PUSH, 0},
      {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, static_cast<std::uint32_t>(stream_credit_)},
  };
  if (config.decoder_table_bytes != NGHTTP2_DEFAULT_HEADER_TABLE_SIZE) {
    settings.emplace_back(NGHTTP2_SETTINGS_HEADER_TABLE_SIZE, config.decoder_table_bytes);
  }
  if (config.max_frame_size != kDefaultFrameBytes) {
    settings.emplace_back(NGHTTP2_SETTINGS_MAX_FRAME_SIZE, config.max_frame_size);
  }
  writer_.preface();
  writer_.settings(settings);
  if (connection_credit_ > kLeastConnectionWindow) {
    writer_.window_update(0,
                          static_cast<std::uint32_t>(connection_credit_ - kLeastConnectionWindow));
  }
}

bool Http2Protocol::submit(Exchange& exchange) {
  // Those of a scenario change from one time to the next.
  const Octets block = encoder_.encode(*exchange.request, exchange.observer == nullptr);
  if (block.empty() || next_id_ >= kLastId || streams_.is_full()) {
    accepts_requests_ = false;
    error_ = "there are no more streams";
    return false;
  }
  exchange.stream_id = std::exchange(next_id_, next_id_ + 2);
  exchange.send_window = first_window_;
  streams_.insert(exchange.stream_id, &exchange);
  const bool has_content = !exchange.request->body().empty() || exchange.request->has_trailers();
  writer_.headers(exchange.stream_id, block, !has_content, max_frame_bytes_);
  events_.on_header_octets_sent(block.size(), exchange.request->field_octets());
  if (has_content) uploading_.push_back(&exchange);
  return true;
}

bool Http2Protocol::cancel(Exchange& exchange) {
  cancelled_.push_back(&exchange);
  return true;
}

bool Http2Protocol::produce(base::Buffer& output) {
  for (Exchange* const exchange : std::exchange(cancelled_, {}))
    refuse(*exchange, NGHTTP2_CANCEL);
  if (!uploading_.empty() && !failed_ && output.size() < kOutputBytes) {
    send_content(kOutputBytes - output.size());
  }
  if (output_.empty()) return true;
  output.append(output_.bytes());
  output_.clear();
  return true;
}

void Http2Protocol::shut_down() {
  accepts_requests_ = false;
  if (!failed_) writer_.goaway(NGHTTP2_NO_ERROR);
}

bool Http2Protocol::fail(std::uint32_t error_code, const std::string& reason) {
  if (!failed_) writer_.goaway(error_code);
  failed_ = true;
  accepts_requests_ = false;
  error_ = "protocol error of the server: " + reason;
  return false;
}

// ---- How exchanges end ----

void Http2Protocol::end(Exchange& exchange, Ending ending, std::uint32_t error_code) {
  streams_.erase(exchange.stream_id);
  if (exchange.request->has_body()) end_upload(exchange);
  std::erase(cancelled_, &exchange);
  events_.on_end(exchange, ending, error_code);
}

// Ends a stream from our side.
void Http2Protocol::refuse(Exchange& exchange, std::uint32_t error_code) {
  writer_.reset(exchange.stream_id, error_code);
  end(exchange, Ending::reset, error_code);
}

void Http2Protocol::head_received(Exchange& exchange, const FieldFacts& facts, bool end_stream) {
  const bool is_trailers = exchange.status != 0;
  if (facts.is_malformed || (facts.status == 0) != is_trailers || (!end_stream && is_trailers) ||
      (end_stream && facts.status != 0 && facts.status < 200)) {
    refuse(exchange, NGHTTP2_PROTOCOL_ERROR);
    return;
  }
  if (facts.grpc_status >= 0) exchange.grpc_status = facts.grpc_status;
  if (facts.status >= 200) {
    exchange.status = facts.status;
    exchange.expected_length = facts.content_length;
    events_.on_response_head(exchange);
  }
  if (end_stream) response_ended(exchange);
}

void Http2Protocol::response_ended(Exchange& exchange) {
  const bool has_none =
      exchange.request->is_head() || exchange.status == 204 || exchange.status == 304;
  const bool is_whole = exchange.expected_length < 0 ||
                        exchange.received == static_cast<std::uint64_t>(exchange.expected_length);
  if (!is_whole && !(has_none && exchange.received == 0)) {
    refuse(exchange, NGHTTP2_PROTOCOL_ERROR);
  } else if (exchange.body_sent < exchange.request->body().size()) {
    // The server still takes the content, or will say that it does not.
    exchange.response_ended = true;
  } else {
    end(exchange, Ending::complete, NGHTTP2_NO_ERROR);
  }
}

// ---- Content that is sent ----

// One frame of each in turn, about as much as `most` in all.
void Http2Protocol::send_content(std::size_t most) {
  bool moved = true;
  while (moved && output_.size() < most) {
    moved = false;
    // Those that are done leave the list.
    for (std::size_t i = 0; i < uploading_.size() && output_.size() < most;) {
      Exchange* const exchange = uploading_[i];
      if (send_piece(*exchange)) moved = true;
      if (i < uploading_.size() && uploading_[i] == exchange) ++i;
    }
  }
  if (output_.size() >= most) return;
  for (Exchange* const exchange : uploading_)
    if (exchange->stalled_since == TimePoint{}) exchange->stalled_since = now_;
}

bool Http2Protocol::send_piece(Exchange& exchange) {
  const std::string_view rest = exchange.request->body().substr(exchange.body_sent);
  const std::int64_t room = std::min(send_window_, exchange.send_window);
  if (room <= 0 && !rest.empty()) return false;
  const std::size_t count =
      rest.empty() ? 0 : std::min({rest.size(), static_cast<std::size_t>(room), max_frame_bytes_});
  if (exchange.stalled_since != TimePoint{}) {
    exchange.stalled += now_ - std::exchange(exchange.stalled_since, {});
  }
  const bool has_trailers = exchange.request->has_trailers();
  if (!rest.empty()) {
    writer_.data(exchange.stream_id, rest.substr(0, count), count == rest.size() && !has_trailers);
  }
  exchange.body_sent += count;
  exchange.send_window -= static_cast<std::int64_t>(count);
  send_window_ -= static_cast<std::int64_t>(count);
  if (count < rest.size()) return true;
  if (has_trailers) {
    writer_.headers(exchange.stream_id, encoder_.encode(exchange.request->trailer_array()), true,
                    max_frame_bytes_);
  }
  end_upload(exchange);
  if (exchange.response_ended) end(exchange, Ending::complete, NGHTTP2_NO_ERROR);
  return true;
}

void Http2Protocol::end_upload(Exchange& exchange) {
  std::erase(uploading_, &exchange);
}

}  // namespace h2load
