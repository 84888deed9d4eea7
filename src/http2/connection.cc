// SPDX-License-Identifier: MIT
// One HTTP/2 connection: its streams, deadlines and the ways it can end.
#include "http2/connection.h"

#include <algorithm>

#include "base/recycled.h"
#include "base/text.h"
#include "http2/callbacks.h"
#include "http2/stream.h"

namespace http2 {

namespace {

using std::chrono::milliseconds;

// A server that ends first keeps reading for a moment: closing with input unread would reset the
// connection and could destroy our GOAWAY on its way (RFC 9112 §9.6 explains the problem).
constexpr milliseconds kLingerTime(1000);
constexpr std::size_t kLingerBytes = 1024 * 1024;

// A connection without streams and frames for so long may remain so.
constexpr milliseconds kQuietTime(200);

milliseconds tick_interval(const ConnectionConfig& config) {
  milliseconds shortest(4000);
  for (const milliseconds limit : {config.settings_timeout, config.stream_read_timeout,
                                   config.stream_write_timeout, config.idle_timeout}) {
    if (limit > milliseconds(0)) shortest = std::min(shortest, limit);
  }
  return std::max(shortest / 4, milliseconds(10));
}

bool passed(milliseconds limit, net::Clock::time_point since, net::Clock::time_point now) {
  return limit > milliseconds(0) && now - since > limit;
}

}  // namespace

Connection::Connection(net::EventLoop& loop, Role role, std::unique_ptr<net::Transport> transport,
                       SharedConfig config)
    : loop_(loop),
      role_(role),
      shared_config_(std::move(config)),
      config_(*shared_config_),
      transport_(std::move(transport)),
      session_(
          make_session(role, connection_callbacks(config_.padding > 0), config_.session, this)),
      started_(event_time_),
      last_frame_(started_),
      last_output_(started_),
      last_content_(started_) {}

Connection::~Connection() = default;

void Connection::start(http::Bytes input) {
  phase_ = Phase::open;
  transport_->set_handler(this);
  if (!settings_submitted_) {
    nghttp2_submit_settings(session_.get(), NGHTTP2_FLAG_NONE, config_.settings.data(),
                            config_.settings.size());
  }
  if (config_.connection_window != NGHTTP2_INITIAL_CONNECTION_WINDOW_SIZE) {
    nghttp2_session_set_local_window_size(session_.get(), NGHTTP2_FLAG_NONE, 0,
                                          static_cast<std::int32_t>(config_.connection_window));
  }
  start_ticking(loop_, tick_interval(config_));
  schedule_flush();
  if (input.empty()) return;
  const auto guard = shared_from_this();
  feed(input);
  settle();
}

void Connection::close(const http::Reason& reason) {
  if (phase_ == Phase::closed) return;
  if (busy_ > 0) {
    transport_->close();
    close_requested_ = true;
    ending().requested_reason = reason;
    return;
  }
  finish(reason, false);
}

void Connection::terminate(std::uint32_t error_code) {
  // Not at once: the session drops what waits in its queues, such as acknowledgements.
  if (phase_ != Phase::open || ending().termination) return;
  ending().termination = error_code;
  schedule_flush();
}

std::shared_ptr<Stream> Connection::make_stream() {
  return base::make_recycled<Stream>(this);
}

Stream& Connection::adopt(std::int32_t id, std::shared_ptr<Stream> stream) {
  stream->id_ = id;
  latest_id_ = id;
  latest_stream_ = stream.get();
  streams_.insert(id, std::move(stream));
  return *latest_stream_;
}

Stream* Connection::look_up(std::int32_t id) {
  Stream* const found = streams_.find(id);
  if (found == nullptr) return nullptr;
  latest_id_ = id;
  latest_stream_ = found;
  return latest_stream_;
}

void Connection::adopt_sent_request(const std::shared_ptr<Stream>& stream, std::int32_t id) {
  adopt(id, stream);
  settings_submitted_ = true;
  stream->head_submitted_ = true;
  stream->content_ended_ = true;
  stream->sent_end_ = true;
}

void Connection::deliver_request(Stream& stream, http::Head&& head, http::End end) {
  refuse_without_receiver(stream, NGHTTP2_REFUSED_STREAM);
  stream.deliver_head(std::move(head), end);
}

void Connection::refuse_without_receiver(Stream& stream, std::uint32_t error_code) {
  if (stream.receiver_ != nullptr) return;
  stream.reset(http::Reason{http::ReasonKind::refused, error_code, "nobody takes this stream"});
}

// ---- Streams ----

void Connection::receive_headers(const nghttp2_frame& frame) {
  const bool is_promise = frame.hd.type == NGHTTP2_PUSH_PROMISE;
  const std::int32_t id = is_promise ? frame.push_promise.promised_stream_id : frame.hd.stream_id;
  Stream* const found = find(id);
  if (found == nullptr) return;
  const std::shared_ptr<Stream> stream = found->shared_from_this();
  const bool ended = !is_promise && (frame.hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
  if (ended) stream->received_end_ = true;
  if (stream->connection_ == nullptr) return;
  if (stream->section_too_large_) {
    refuse_large_section(*stream, frame, ended);
    return;
  }
  const http::End end = ended ? http::End::yes : http::End::no;
  if (is_promise) {
    on_promise(frame.hd.stream_id, std::move(stream->head_), stream);
  } else if (frame.headers.cat == NGHTTP2_HCAT_REQUEST) {
    stream->head_received_ = true;
    stream->is_tunnel_ = stream->head_.is_tunnel_request();
    on_peer_stream(stream, std::move(stream->head_), end);
    // Its memory is for the next request, which may arrive long before this one has its response.
    stream->head_.fields = {};
  } else if (stream->head_received_) {
    stream->deliver_trailers();
  } else {
    stream->deliver_head(std::move(stream->head_), end);
  }
}

// RFC 6585 §5: a server says so with 431; in any other place the stream is reset.
void Connection::refuse_large_section(Stream& stream, const nghttp2_frame& frame, bool ended) {
  const std::string text = "field section larger than " +
                           std::to_string(config_.max_field_section_bytes) + " bytes or " +
                           std::to_string(config_.max_fields) + " fields";
  if (frame.hd.type == NGHTTP2_HEADERS && frame.headers.cat == NGHTTP2_HCAT_REQUEST) {
    stream.head_received_ = true;
    stream.received_end_ = ended;
    on_large_request(stream.shared_from_this(), stream.head_);
    return;
  }
  stream.local_reason_ = http::Reason{http::ReasonKind::too_large, NGHTTP2_ENHANCE_YOUR_CALM, text};
  nghttp2_submit_rst_stream(session_.get(), NGHTTP2_FLAG_NONE, stream.id_,
                            NGHTTP2_ENHANCE_YOUR_CALM);
}

void Connection::consume_unused(std::size_t count) {
  nghttp2_session_consume_connection(session_.get(), count);
  schedule_flush();
}

void Connection::stream_closed(std::int32_t id, std::uint32_t error_code) {
  const std::shared_ptr<Stream> stream = streams_.take(id);
  if (stream == nullptr) return;
  latest_stream_ = nullptr;
  changed_ = true;
  if (!stream->sent_end_ && stream->lent_head_) {
    backlog().lent_heads.push_back(std::move(stream->lent_head_));
  }
  if (stream->owed_ > 0) consume_unused(stream->owed_);
  // The message we were to send or to receive in full decides, not the other direction.
  const bool complete = role_ == Role::server ? stream->sent_end_ : stream->received_end_;
  if (complete && error_code == NGHTTP2_NO_ERROR) {
    stream->finish_well();
  } else {
    stream->finish_early(close_reason(*stream, error_code));
  }
}

http::Reason Connection::close_reason(const Stream& stream, std::uint32_t error_code) const {
  using Kind = http::ReasonKind;
  if (stream.local_reason_) return *stream.local_reason_;
  const std::string code = error_code_text(error_code);
  if (!stream.failure_.empty()) {
    return {Kind::protocol, error_code, "the message ended with " + code + ": " + stream.failure_};
  }
  if (stream.reset_by_peer_) {
    const Kind kind = error_code == NGHTTP2_REFUSED_STREAM ? Kind::refused
                      : error_code == NGHTTP2_CANCEL       ? Kind::canceled
                                                           : Kind::protocol;
    return {kind, error_code, "the peer sent RST_STREAM with " + code, true};
  }
  if (goaway_received_ && error_code == NGHTTP2_REFUSED_STREAM) {
    return {Kind::refused, error_code, "the peer did not process it: " + goaway_text()};
  }
  if (error_code == NGHTTP2_NO_ERROR) {
    return {Kind::closed, error_code, "the stream was closed before the message was complete"};
  }
  return {Kind::protocol, error_code, "the stream was closed with " + code};
}

std::string Connection::goaway_text() const {
  std::string text = "GOAWAY with " + error_code_text(ending_->received_goaway_code);
  if (!ending_->received_goaway_text.empty()) {
    text += ", debug data " + base::quote(ending_->received_goaway_text, 1024);
  }
  return text;
}

// ---- The end ----

Connection::Ending& Connection::ending() {
  if (ending_ == nullptr) ending_ = std::make_unique<Ending>();
  return *ending_;
}

Connection::Backlog& Connection::backlog() {
  if (backlog_ == nullptr) backlog_ = std::make_unique<Backlog>();
  return *backlog_;
}

void Connection::fail(http::Reason reason) {
  ending().failure = std::move(reason);
  failed_ = true;
}

const std::string& Connection::last_error() const {
  static const std::string none;
  return ending_ == nullptr ? none : ending_->last_error;
}

void Connection::start_shutdown_timer(milliseconds delay) {
  shutdown_timer_.start(loop_, delay, [this] { shutdown_timer_fired(); });
}

// What had to wait until the session was left: called at the end of every event.
void Connection::settle() {
  if (phase_ != Phase::open || busy_ > 0) return;
  if (close_requested_) {
    finish(ending().requested_reason, false);
    return;
  }
  if (failed_) {
    finish(ending().failure, true);
    return;
  }
  if (backlog_ != nullptr) {
    for (const auto& stream : std::exchange(backlog_->unsent_streams, {})) {
      streams_.take(stream->id_);
      latest_stream_ = nullptr;
      stream->finish_early(close_reason(*stream, NGHTTP2_REFUSED_STREAM));
      if (phase_ != Phase::open) return;
    }
  }
  if (std::exchange(changed_, false)) {
    notify_changed();
    if (phase_ != Phase::open) return;
  }
  if (flush_wanted_) {
    flush_wanted_ = false;
    schedule_flush();
    return;
  }
  if (ending_ != nullptr && ending_->termination && !terminating_) {
    terminating_ = true;
    nghttp2_session_terminate_session(session_.get(), *ending_->termination);
    schedule_flush();
    return;
  }
  finish_if_done();
}

void Connection::finish_if_done() {
  if (has_output() || nghttp2_session_want_read(session_.get()) != 0 ||
      nghttp2_session_want_write(session_.get()) != 0) {
    return;
  }
  http::Reason reason{http::ReasonKind::closed, ending().sent_goaway_code,
                      "the connection has ended"};
  if (reason.code != NGHTTP2_NO_ERROR) {
    reason.kind = http::ReasonKind::protocol;
    reason.text = "the connection was ended with " + error_code_text(reason.code);
    if (!last_error().empty()) reason.text += ": " + last_error();
  } else if (goaway_received_) {
    reason.text = "the peer ended the connection: " + goaway_text();
  }
  if (role_ == Role::server) {
    linger(std::move(reason));
  } else {
    finish(std::move(reason), true);
  }
}

http::Reason Connection::end_of_input_reason() const {
  http::Reason reason{http::ReasonKind::closed, 0, "the peer closed the connection"};
  if (goaway_received_) {
    reason.code = ending_->received_goaway_code;
    reason.text += " after " + goaway_text();
  }
  return reason;
}

void Connection::linger(http::Reason reason) {
  phase_ = Phase::lingering;
  ending().requested_reason = std::move(reason);
  transport_->want_write(false);
  transport_->shutdown_write();
  stop_ticking();
  start_shutdown_timer(kLingerTime);
}

void Connection::discard_input() {
  std::uint8_t buffer[4096];
  while (true) {
    const net::IoResult result = transport_->read(buffer);
    if (result.status == net::IoStatus::would_block) return;
    discarded_ += static_cast<std::uint32_t>(result.count);
    if (result.status == net::IoStatus::ok && discarded_ <= kLingerBytes) continue;
    finish(ending().requested_reason, true);
    return;
  }
}

void Connection::shutdown_timer_fired() {
  const auto guard = shared_from_this();
  if (phase_ == Phase::lingering) {
    finish(ending().requested_reason, true);
  } else if (phase_ == Phase::open) {
    on_shutdown_timer();
  }
}

void Connection::on_error(const std::string& reason) {
  const auto guard = shared_from_this();
  finish(http::Reason{http::ReasonKind::closed, 0, "connection lost: " + reason}, true);
}

void Connection::finish(http::Reason reason, bool notify) {
  if (phase_ == Phase::closed) return;
  phase_ = Phase::closed;
  stop_ticking();
  shutdown_timer_.stop();
  transport_->close();
  if (backlog_ != nullptr) {
    backlog_->unsent_streams.clear();
    backlog_->waiting_streams.clear();
  }
  const std::vector<std::shared_ptr<Stream>> streams = streams_.take_all();
  latest_stream_ = nullptr;
  for (const auto& stream : streams)
    stream->connection_ = nullptr;
  for (const auto& stream : streams)
    stream->finish_early(reason);
  if (notify && !close_requested_) notify_closed(reason);
}

// ---- Deadlines ----

void Connection::tick() {
  const auto guard = shared_from_this();
  const auto now = event_time_ = net::Clock::now();
  if (!settings_acknowledged_ && passed(config_.settings_timeout, started_, now)) {
    ending().last_error = "SETTINGS were not acknowledged in time";
    settings_acknowledged_ = true;
    terminate(NGHTTP2_SETTINGS_TIMEOUT);
  }
  if (has_output() && passed(config_.stream_write_timeout, last_output_, now)) {
    fail({http::ReasonKind::timeout, 0, "the peer does not take our output"});
  } else if (streams_.empty() &&
             passed(config_.idle_timeout, std::max(last_frame_, last_output_), now)) {
    shut_down();
  }
  if (now - std::max(last_frame_, last_output_) > kQuietTime) release_memory();
  check_stream_deadlines(now);
  settle();
}

// What the next request needs is taken again then. To do so at once after each would cost more than
// it is worth; but when a connection has just begun, what it needed serves the next one, where a
// thousand of them would otherwise leave a thousand holes in the heap.
void Connection::went_quiet() {
  if (early_releases_ == 0 || !streams_.empty()) return;
  --early_releases_;
  release_memory();
}

void Connection::release_memory() {
  if (memory_released_ || !streams_.empty() || has_output()) return;
  memory_released_ = true;
  nghttp2_session_release_memory(session_.get());
  streams_.release_memory();
  backlog_.reset();
}

void Connection::content_taken(std::size_t count) {
  content_moved_ += static_cast<std::uint32_t>(count);
  if (content_moved_ < config_.least_write_progress) return;
  content_moved_ = 0;
  last_content_ = event_time_;
}

// The peer lets a response wait: it gives the stream no credit, or the connection too little of
// it. A stream that has credit may be waiting for its turn behind others.
bool Connection::is_stuck(const Stream& stream, net::Clock::time_point now) const {
  if (!stream.head_submitted_ || stream.available() == 0) return false;
  if (!passed(config_.stream_write_timeout, stream.last_sent_, now)) return false;
  return nghttp2_session_get_stream_remote_window_size(session_.get(), stream.id_) <= 0 ||
         passed(config_.stream_write_timeout, last_content_, now);
}

void Connection::check_stream_deadlines(net::Clock::time_point now) {
  streams_.for_each([this, now](Stream& stream) {
    const bool waits_for_peer = !stream.received_end_ && stream.owed_ == 0;
    const char* what = nullptr;
    if (waits_for_peer && passed(config_.stream_read_timeout, stream.last_received_, now)) {
      what = "timed out waiting for the rest of the message";
    } else if (is_stuck(stream, now)) {
      what = "timed out waiting for the peer to take the message";
    }
    if (what == nullptr || stream.local_reason_) return;
    stream.local_reason_ = http::Reason{http::ReasonKind::timeout, NGHTTP2_CANCEL, what};
    nghttp2_submit_rst_stream(session_.get(), NGHTTP2_FLAG_NONE, stream.id_, NGHTTP2_CANCEL);
    schedule_flush();
  });
}

}  // namespace http2
