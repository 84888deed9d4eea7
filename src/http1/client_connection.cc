// SPDX-License-Identifier: MIT
// The client side of an HTTP/1.1 connection.
#include "http1/client_connection.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "http1/client_stream.h"

namespace http1 {

namespace {

constexpr std::size_t kReadBytes = 64 * 1024;
constexpr int kReadsPerEvent = 8;
// Output gathered before it is written, and writes that one event may do.
constexpr std::size_t kOutputBytes = 128 * 1024;
constexpr int kWritesPerEvent = 16;
// Interim responses before the final one.
constexpr int kMaxInterimHeads = 100;

bool is_idempotent(std::string_view method) {
  constexpr std::string_view kMethods[] = {"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"};
  return std::find(std::begin(kMethods), std::end(kMethods), method) != std::end(kMethods);
}

}  // namespace

http::ConnectionHandle<ClientConnection> ClientConnection::create(
    net::EventLoop& loop, std::unique_ptr<net::Transport> transport, ConnectionConfig config,
    ClientHandler& handler) {
  return http::ConnectionHandle<ClientConnection>(std::shared_ptr<ClientConnection>(
      new ClientConnection(loop, std::move(transport), std::move(config), handler)));
}

ClientConnection::ClientConnection(net::EventLoop& loop, std::unique_ptr<net::Transport> transport,
                                   ConnectionConfig config, ClientHandler& handler)
    : loop_(loop),
      config_(std::move(config)),
      transport_(std::move(transport)),
      handler_(handler),
      head_parser_(MessageKind::response, config_.limits),
      chunked_(config_.limits) {}

ClientConnection::~ClientConnection() = default;

void ClientConnection::start() {
  transport_->set_handler(this);
}

http::StreamPtr ClientConnection::open() {
  if (!is_idle()) return nullptr;
  stream_ = std::make_shared<ClientStream>(this, ++stream_count_);
  head_sent_ = any_written_ = any_received_ = false;
  expected_ = Expected::head;
  head_parser_ = HeadParser(MessageKind::response, config_.limits);
  head_text_.clear();
  interim_count_ = 0;
  owed_ = 0;
  return stream_;
}

// ---- Output ----

void ClientConnection::send_head(const http::Head& head, http::End end) {
  if (phase_ != Phase::open || head_sent_) return;
  head_sent_ = true;
  method_ = head.method;
  http::Head sent = head;
  http::Fields extra;
  Framing framing;
  if (end == http::End::no) {
    // Trailers need chunks (RFC 9112 §7.1.2), whatever the length.
    const auto length = http::content_length(sent.fields);
    if (length && !sent.fields.has("trailer")) {
      framing = {Framing::Kind::length, *length};
    } else {
      sent.fields.remove("content-length");
      framing.kind = Framing::Kind::chunked;
      extra.add("transfer-encoding", "chunked");
    }
  }
  request_.begin(framing);
  auto text = write_request_head(sent, config_.target_form, extra);
  if (!text) {
    // Not from inside the sender's call.
    loop_.defer([weak = weak_from_this(), reason = text.error()] {
      if (const auto self = weak.lock()) self->fail(http::ReasonKind::internal, reason);
    });
    return;
  }
  output_.append(*text);
  if (config_.observer.head) config_.observer.head(Direction::sent, *text);
  schedule_flush();
}

void ClientConnection::schedule_flush() {
  if (flush_scheduled_ || phase_ != Phase::open) return;
  flush_scheduled_ = true;
  loop_.defer([weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self) return;
    self->flush_scheduled_ = false;
    self->flush();
  });
}

void ClientConnection::on_writable() {
  flush();
}

void ClientConnection::flush() {
  const auto guard = shared_from_this();
  bool more = true;
  for (int i = 0; i < kWritesPerEvent && more; ++i) {
    if (phase_ != Phase::open || !head_sent_) return;
    const bool was_complete = request_.is_complete();
    const auto produced = request_.produce(output_, kOutputBytes);
    if (!produced) {
      fail(http::ReasonKind::internal, request_.error());
      return;
    }
    if (*produced > 0 && config_.observer.content) {
      config_.observer.content(Direction::sent, *produced);
    }
    if (!was_complete && request_.is_complete() && !request_.last_chunk_text().empty() &&
        config_.observer.head) {
      config_.observer.head(Direction::sent, request_.last_chunk_text());
    }
    more = !output_.empty();
    if (more && !write_output()) return;
  }
  transport_->want_write(more || transport_->has_unsent());
  if (stream_ && stream_->wants_room_ && stream_->room() > 0) {
    stream_->wants_room_ = false;
    if (const auto receiver = stream_->receiver_) receiver->on_room();
  }
}

// Whether writing may go on at once.
bool ClientConnection::write_output() {
  const net::IoResult result = transport_->write(output_.bytes());
  if (result.status == net::IoStatus::ok) {
    any_written_ = true;
    output_.consume(result.count);
    return true;
  }
  transport_->want_write(result.status == net::IoStatus::would_block);
  if (result.status != net::IoStatus::would_block) {
    // What the server has said before it stopped reading may still be there.
    output_.clear();
    persistent_ = false;
    on_readable();
  }
  return false;
}

// ---- Input ----

void ClientConnection::on_readable() {
  const auto guard = shared_from_this();
  for (int i = 0; i < kReadsPerEvent && phase_ == Phase::open; ++i) {
    const std::span<std::uint8_t> room = input_.prepare(kReadBytes).first(kReadBytes);
    const net::IoResult result = transport_->read(room);
    if (result.status == net::IoStatus::would_block) return;
    if (result.status == net::IoStatus::closed) {
      end_of_input({http::ReasonKind::closed, 0, "the server closed the connection"}, true);
      return;
    }
    if (result.status == net::IoStatus::error) {
      end_of_input({http::ReasonKind::closed, 0, "connection lost: " + transport_->error_text()},
                   false);
      return;
    }
    if (config_.observer.raw_input) config_.observer.raw_input(room.first(result.count));
    input_.commit(result.count);
    take_input();
    if (owed_ > config_.max_owed_bytes) {
      transport_->pause_reading();
      return;
    }
  }
}

void ClientConnection::take_input() {
  while (phase_ == Phase::open && !input_.empty()) {
    if (!stream_ || !any_written_) {
      fail(http::ReasonKind::protocol, "the server sent what nobody had asked for");
      return;
    }
    any_received_ = true;
    const bool goes_on = expected_ == Expected::head ? take_head() : take_content();
    if (!goes_on) return;
  }
}

bool ClientConnection::take_head() {
  const std::string_view text = input_.text();
  const std::size_t taken = head_parser_.feed(text);
  if (config_.observer.head) head_text_ += text.substr(0, taken);
  input_.consume(taken);
  if (head_parser_.state() == HeadParser::State::incomplete) return false;
  if (config_.observer.head && !head_text_.empty()) {
    config_.observer.head(Direction::received, std::exchange(head_text_, {}));
  }
  if (head_parser_.state() == HeadParser::State::malformed) {
    fail(http::ReasonKind::protocol, head_parser_.fault().text);
    return false;
  }
  deliver_head(head_parser_.take());
  return true;
}

void ClientConnection::deliver_head(MessageHead&& message) {
  http::Head& head = message.head;
  Framing framing;
  if (const auto fault = frame_response(message, method_, framing)) {
    return fail(http::ReasonKind::protocol, fault->text);
  }
  if (head.status == 101) {
    return fail(http::ReasonKind::protocol, "the server switched protocols unasked");
  }
  const bool is_persistent_message = is_persistent(message);
  remove_connection_fields(head.fields);
  const auto receiver = stream_->receiver_;
  if (head.is_informational()) {
    if (++interim_count_ > kMaxInterimHeads) {
      return fail(http::ReasonKind::too_large, "too many interim responses");
    }
    head_parser_ = HeadParser(MessageKind::response, config_.limits);
    if (receiver) receiver->on_head(std::move(head), http::End::no);
    return;
  }
  using Kind = Framing::Kind;
  persistent_ =
      is_persistent_message && framing.kind != Kind::until_close && framing.kind != Kind::tunnel;
  remaining_ = framing.length;
  chunked_ = ChunkedDecoder(config_.limits);
  expected_ = framing.kind == Kind::length    ? Expected::length
              : framing.kind == Kind::chunked ? Expected::chunked
                                              : Expected::until_close;
  const bool is_whole = framing.kind == Kind::none;
  const auto stream = stream_;
  if (receiver) receiver->on_head(std::move(head), is_whole ? http::End::yes : http::End::no);
  if (is_whole && stream == stream_) response_complete();
}

bool ClientConnection::take_content() {
  if (expected_ == Expected::chunked) return take_chunked_content();
  http::Bytes content = input_.bytes();
  if (expected_ == Expected::length) {
    content = content.first(
        static_cast<std::size_t>(std::min<std::uint64_t>(content.size(), remaining_)));
    remaining_ -= content.size();
  }
  deliver_content(content, expected_ == Expected::length && remaining_ == 0);
  return true;
}

bool ClientConnection::take_chunked_content() {
  const http::Bytes input = input_.bytes();
  const auto step = chunked_.decode(input);
  if (chunked_.has_failed()) {
    fail(http::ReasonKind::protocol, chunked_.fault().text);
    return false;
  }
  if (!step.content.empty()) {
    // The content is the end of what was taken: the rest goes together with it.
    input_.consume(step.taken - step.content.size());
    deliver_content(step.content, false);
    return true;
  }
  input_.consume(step.taken);
  if (!chunked_.is_complete()) return step.taken > 0;
  const auto stream = stream_;
  http::Fields trailers = chunked_.take_trailers();
  if (const auto receiver = stream->receiver_) {
    if (trailers.empty()) {
      receiver->on_body({}, http::End::yes);
    } else {
      if (config_.observer.head) {
        if (const auto text = write_fields(trailers)) {
          config_.observer.head(Direction::received, *text);
        }
      }
      receiver->on_trailers(std::move(trailers));
    }
  }
  if (stream == stream_) response_complete();
  return true;
}

// Content at the front of the input, which keeps its place during the receiver's call.
void ClientConnection::deliver_content(http::Bytes content, bool is_last) {
  const std::size_t size = content.size();
  if (config_.observer.content) config_.observer.content(Direction::received, size);
  const auto stream = stream_;
  owed_ += size;
  if (const auto receiver = stream->receiver_) {
    receiver->on_body(content, is_last ? http::End::yes : http::End::no);
  } else {
    consume(size);
  }
  input_.consume(size);
  if (is_last && stream == stream_) response_complete();
}

void ClientConnection::consume(std::size_t count) {
  const bool was_full = owed_ > config_.max_owed_bytes;
  owed_ -= std::min(count, owed_);
  if (was_full && owed_ <= config_.max_owed_bytes && phase_ == Phase::open) {
    transport_->resume_reading();
  }
}

void ClientConnection::end_of_input(const http::Reason& reason, bool is_orderly) {
  if (stream_ && is_orderly && expected_ == Expected::until_close) {
    persistent_ = false;
    const auto stream = stream_;
    if (const auto receiver = stream->receiver_) receiver->on_body({}, http::End::yes);
    if (stream == stream_) response_complete();
    return;
  }
  http::Reason told = reason;
  if (stream_ && may_be_repeated()) {
    told.kind = http::ReasonKind::refused;
    told.text += " instead of answering once more";
  } else if (stream_) {
    told.text += any_received_ ? " before its response was complete" : " without a response";
  }
  finish(told, true);
}

// The first exchange of a connection was surely meant to be answered: only on later ones the server
// may have closed in the moment the request left.
bool ClientConnection::may_be_repeated() const {
  return stream_count_ > 1 && !any_received_ && is_idempotent(method_);
}

// ---- The end ----

void ClientConnection::response_complete() {
  const auto stream = std::exchange(stream_, nullptr);
  stream->connection_ = nullptr;
  owed_ = 0;
  // What is left of a request that was answered early cannot be taken back; what came behind the
  // response would pass for the answer to the next request.
  if (!request_.is_complete() || !output_.empty() || !input_.empty()) persistent_ = false;
  const bool is_over = !persistent_;
  if (is_over) {
    phase_ = Phase::closed;
    transport_->close();
  }
  const auto receiver = std::exchange(stream->receiver_, nullptr);
  if (receiver) receiver->on_done();
  if (is_over) {
    loop_.defer([weak = weak_from_this()] {
      if (const auto connection = weak.lock()) {
        connection->handler_.on_closed(
            *connection, {http::ReasonKind::closed, 0, "the connection serves no more requests"});
      }
    });
  } else if (is_idle()) {
    handler_.on_idle(*this);
  }
}

void ClientConnection::on_error(const std::string& reason) {
  const auto guard = shared_from_this();
  finish({http::ReasonKind::closed, 0, reason}, true);
}

void ClientConnection::fail(http::ReasonKind kind, std::string text) {
  finish({kind, 0, std::move(text)}, true);
}

void ClientConnection::close(const http::Reason& reason) {
  finish(reason, false);
}

// The stream has been reset by its user.
void ClientConnection::abandon(const http::Reason& reason) {
  if (phase_ == Phase::closed) return;
  stream_ = nullptr;
  phase_ = Phase::closed;
  transport_->close();
  loop_.defer([weak = weak_from_this(), reason] {
    if (const auto self = weak.lock()) self->handler_.on_closed(*self, reason);
  });
}

void ClientConnection::finish(const http::Reason& reason, bool notify) {
  if (phase_ == Phase::closed) return;
  const auto guard = shared_from_this();
  phase_ = Phase::closed;
  transport_->close();
  if (const auto stream = std::exchange(stream_, nullptr)) {
    stream->connection_ = nullptr;
    const auto receiver = std::exchange(stream->receiver_, nullptr);
    if (receiver) receiver->on_reset(reason);
  }
  if (!notify) return;
  loop_.defer([weak = weak_from_this(), reason] {
    if (const auto self = weak.lock()) self->handler_.on_closed(*self, reason);
  });
}

}  // namespace http1
