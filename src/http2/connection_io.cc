// SPDX-License-Identifier: MIT
// One HTTP/2 connection: bytes between the transport and the session.
#include <algorithm>
#include <array>
#include <cstring>

#include "http2/busy.h"
#include "http2/connection.h"
#include "http2/stream.h"

namespace http2 {

namespace {

// Output gathered before it is written. More per write wakes the peer less often, and what a peer
// leaves untaken costs us memory.
constexpr std::size_t kOutputBytes = 128 * 1024;
// Besides, room for what is taken last: frames, or DATA of the size that every peer accepts
// (RFC 9113 §4.2).
constexpr std::size_t kOutputCapacity = kOutputBytes + 33 * 1024;
// What the session may write at once: many frames without content, and room enough behind them for
// a DATA frame of 16 KiB, whose length goes by the room even if its content goes elsewhere.
constexpr std::size_t kFramesBytes = 32 * 1024;
// One read, and how many of them one event may do before other connections get their turn.
constexpr std::size_t kReadBytes = 64 * 1024;
constexpr int kReadsPerEvent = 8;
constexpr int kWritesPerEvent = 16;
// Enough for what a socket buffer may still hold.
constexpr int kReadsAfterLoss = 256;
constexpr std::size_t kFrameHeadBytes = 9;

constexpr std::size_t kPiecesPerWrite = 64;

// The connections of a thread share the memory that output is gathered in: it stays in the
// processor's cache, and a connection without output has none.
std::unique_ptr<Output>& spare_output() {
  thread_local std::unique_ptr<Output> output;
  return output;
}

}  // namespace

// ---- Input ----

void Connection::on_readable() {
  const auto guard = shared_from_this();
  if (phase_ == Phase::lingering) {
    discard_input();
    return;
  }
  event_time_ = net::Clock::now();
  read_input(kReadsPerEvent, false);
  flush();
}

void Connection::read_input(int max_reads, bool until_empty) {
  thread_local std::vector<std::uint8_t> buffer(kReadBytes);
  for (int i = 0; i < max_reads && is_working(); ++i) {
    const net::IoResult result = transport_->read(buffer);
    if (result.status == net::IoStatus::would_block) return;
    if (result.status == net::IoStatus::closed) {
      fail(end_of_input_reason());
    } else if (result.status == net::IoStatus::error) {
      fail({http::ReasonKind::closed, 0, "connection lost: " + transport_->error_text()});
    } else {
      feed(http::Bytes(buffer.data(), result.count));
      // A socket that had less than asked for is empty; TLS delivers record by record.
      if (result.count < buffer.size() && !until_empty && !transport_->has_unread()) return;
    }
  }
}

bool Connection::is_working() const {
  return phase_ == Phase::open && !close_requested_ && !failed_;
}

void Connection::feed(http::Bytes input) {
  const Busy busy(*this);
  if (config_.on_raw_input) config_.on_raw_input(input);
  if (!config_.observer) {
    feed_session(input);
    return;
  }
  bool goes_on = true;
  while (goes_on && !input.empty()) {
    const std::size_t count = config_.observer->receiving(input);
    goes_on = feed_session(input.first(count));
    config_.observer->received();
    input = input.subspan(count);
  }
}

// Whether more input makes sense.
bool Connection::feed_session(http::Bytes input) {
  const nghttp2_ssize result =
      nghttp2_session_mem_recv2(session_.get(), input.data(), input.size());
  if (close_requested_) return false;
  if (result >= 0) return true;
  const std::string what = nghttp2_strerror(static_cast<int>(result));
  fail({http::ReasonKind::protocol, 0, last_error().empty() ? what : what + ": " + last_error()});
  return false;
}

// ---- Output ----

void Connection::schedule_flush() {
  if (busy_ > 0) {
    flush_wanted_ = true;
    return;
  }
  if (flush_scheduled_ || phase_ != Phase::open) return;
  flush_scheduled_ = true;
  loop_.defer([weak = weak_from_this()] {
    const auto connection = weak.lock();
    if (!connection) return;
    connection->flush_scheduled_ = false;
    connection->event_time_ = net::Clock::now();
    connection->flush();
  });
}

void Connection::on_writable() {
  const auto guard = shared_from_this();
  write_blocked_ = false;
  event_time_ = net::Clock::now();
  flush();
}

void Connection::flush() {
  if (busy_ > 0) {
    flush_wanted_ = true;
    return;
  }
  const auto guard = shared_from_this();
  output();
  bool idle = false;
  for (int i = 0; i < kWritesPerEvent && is_working() && !idle && !write_blocked_; ++i) {
    flush_wanted_ = false;
    const bool is_all = fill_output();
    if (!is_working()) break;
    write_output();
    serve_waiting_streams();
    idle = is_all && output_->empty() && !flush_wanted_;
  }
  // The session has nothing in its queues any more.
  if (idle && backlog_ != nullptr) backlog_->lent_heads.clear();
  return_output();
  if (idle) went_quiet();
  if (is_working()) transport_->want_write(!idle || transport_->has_unsent());
  settle();
}

Output& Connection::output() {
  if (output_ == nullptr) output_ = std::move(spare_output());
  if (output_ == nullptr) output_ = std::make_unique<Output>(kOutputCapacity);
  return *output_;
}

void Connection::return_output() {
  if (output_->empty()) spare_output() = std::move(output_);
}

void Connection::inject(http::Bytes octets) {
  if (!is_open()) return;
  output().append(octets);
  schedule_flush();
}

// Takes what the session has to say until the buffer is full. Content is not among it:
// append_data_frame() puts that into the output itself, and before what follows it. True if the
// session has nothing more to say.
bool Connection::fill_output() {
  const Busy busy(*this);
  thread_local std::array<std::uint8_t, kFramesBytes> frames;
  while (output_->size() < kOutputBytes) {
    const nghttp2_ssize length =
        nghttp2_session_mem_send_into(session_.get(), frames.data(), frames.size());
    if (length < 0) {
      if (!close_requested_) {
        fail({http::ReasonKind::internal, 0, nghttp2_strerror(static_cast<int>(length))});
      }
      return false;
    }
    if (length == 0) return output_->size() < kOutputBytes;
    output_->append(http::Bytes(frames.data(), static_cast<std::size_t>(length)));
  }
  return false;
}

void Connection::write_output() {
  std::array<iovec, kPiecesPerWrite> space;
  while (!output_->empty()) {
    const std::span<const iovec> pieces(space.data(), output_->gather(space));
    const net::IoResult result = transport_->write(pieces);
    if (result.status == net::IoStatus::ok) {
      if (config_.observer) show_sent(pieces, result.count);
      output_->consume(result.count);
      output_moved_ += static_cast<std::uint32_t>(result.count);
      if (output_->empty() || output_moved_ >= config_.least_write_progress) {
        output_moved_ = 0;
        last_output_ = event_time_;
      }
    } else if (result.status == net::IoStatus::would_block) {
      write_blocked_ = true;
      return;
    } else {
      give_up_output();
      return;
    }
  }
}

void Connection::show_sent(std::span<const iovec> pieces, std::size_t count) {
  for (const iovec& piece : pieces) {
    const std::size_t part = std::min(count, piece.iov_len);
    if (part == 0) return;
    config_.observer->sent({static_cast<const std::uint8_t*>(piece.iov_base), part});
    count -= part;
  }
}

// A peer that has closed may have answered before: what it sent is read first.
void Connection::give_up_output() {
  const std::string text = "connection lost: " + transport_->error_text();
  output_->clear();
  read_input(kReadsAfterLoss, true);
  if (is_working()) fail({http::ReasonKind::closed, 0, text});
}

// Puts a whole DATA frame into the output: head, padding, content straight from where it lives.
int Connection::append_data_frame(Stream& stream, const nghttp2_frame& frame,
                                  const std::uint8_t* head, std::size_t length) {
  if (output_->size() >= kOutputBytes) return NGHTTP2_ERR_WOULDBLOCK;
  const std::size_t padding = frame.data.padlen;
  const std::span<std::uint8_t> space = output_->prepare(kFrameHeadBytes + padding + length);
  std::memcpy(space.data(), head, kFrameHeadBytes);
  std::size_t position = kFrameHeadBytes;
  if (padding > 0) space[position++] = static_cast<std::uint8_t>(padding - 1);
  if (auto content = stream.lend_content(length)) {
    output_->commit(position);
    output_->lend(*std::move(content));
    if (padding > 0) append_padding(padding - 1);
  } else if (stream.take_content(space.subspan(position, length))) {
    output_->commit(position + length);
    if (padding > 0) append_padding(padding - 1);
  } else {
    stream.local_reason_ = http::Reason{http::ReasonKind::internal, NGHTTP2_INTERNAL_ERROR,
                                        "the content ended before its announced length"};
    return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
  }
  if (stream.wants_room_ && stream.room() >= config_.stream_buffer_bytes / 2) {
    stream.wants_room_ = false;
    backlog().waiting_streams.push_back(stream.shared_from_this());
  }
  return 0;
}

void Connection::append_padding(std::size_t count) {
  std::fill_n(output_->prepare(count).begin(), count, std::uint8_t{0});
  output_->commit(count);
}

void Connection::serve_waiting_streams() {
  if (backlog_ == nullptr || backlog_->waiting_streams.empty()) return;
  const Busy busy(*this);
  const auto streams = std::exchange(backlog_->waiting_streams, {});
  for (const auto& stream : streams) {
    const auto receiver = stream->receiver_;
    if (receiver && stream->room() > 0) receiver->on_room();
  }
}

}  // namespace http2
