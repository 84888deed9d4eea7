// SPDX-License-Identifier: MIT
// One HTTP/2 stream as an http::Stream: buffers what is to be sent, counts what is owed.
#include "http2/stream.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "http2/connection.h"

namespace http2 {

namespace {

// To copy less than this costs less than a piece of its own.
constexpr std::size_t kLeastLent = 4096;

// For the moment between a head or a section and its submission.
FieldArray& shared_fields() {
  thread_local FieldArray fields;
  return fields;
}

std::uint32_t wire_code(const http::Reason& reason) {
  if (reason.code != NGHTTP2_NO_ERROR) return reason.code;
  switch (reason.kind) {
    case http::ReasonKind::refused: return NGHTTP2_REFUSED_STREAM;
    case http::ReasonKind::protocol: return NGHTTP2_PROTOCOL_ERROR;
    case http::ReasonKind::too_large: return NGHTTP2_ENHANCE_YOUR_CALM;
    case http::ReasonKind::internal: return NGHTTP2_INTERNAL_ERROR;
    case http::ReasonKind::canceled:
    case http::ReasonKind::timeout:
    case http::ReasonKind::closed: break;
  }
  return NGHTTP2_CANCEL;
}

}  // namespace

Stream::Stream(Connection* connection)
    : connection_(connection),
      last_received_(connection->event_time()),
      last_sent_(last_received_) {}

void Stream::send_head(const http::Head& head, http::End end) {
  if (connection_ == nullptr || head_submitted_) return;
  FieldArray& fields = shared_fields();
  fields.assign(head);
  submit_head(head, fields, end);
  if (connection_ != nullptr) connection_->schedule_flush();
}

void Stream::send_shared_head(http::SharedHead head, http::End end) {
  if (connection_ == nullptr || head_submitted_) return;
  // The response to a promise may wait for its turn longer than its stream lives.
  if (id_ % 2 == 0) {
    send_head(*head, end);
    return;
  }
  FieldArray& fields = shared_fields();
  fields.lend(head);
  lent_head_ = std::move(head);
  submit_head(*lent_head_, fields, end);
  if (connection_ != nullptr) connection_->schedule_flush();
}

void Stream::submit_head(const http::Head& head, const FieldArray& fields, http::End end) {
  nghttp2_session* session = connection_->session();
  if (head.is_informational()) {
    nghttp2_submit_headers(session, NGHTTP2_FLAG_NONE, id_, nullptr, fields.data(), fields.size(),
                           nullptr);
    return;
  }
  head_submitted_ = true;
  // RFC 9110 §9.3.6: only success makes a tunnel.
  if (head.status >= 300) is_tunnel_ = false;
  content_ended_ = end == http::End::yes;
  nghttp2_data_provider2 provider{};
  provider.source.ptr = this;
  provider.read_callback = &Stream::read_content;
  const nghttp2_data_provider2* content = content_ended_ ? nullptr : &provider;

  int result = 0;
  if (connection_->role() == Role::client) {
    result = nghttp2_submit_request2(session, &place_, fields.data(), fields.size(), content, this);
    if (result > 0) connection_->adopt(result, shared_from_this());
  } else {
    result = nghttp2_submit_response2(session, id_, fields.data(), fields.size(), content);
  }
  if (result < 0) {
    const char* what = nghttp2_strerror(result);
    local_reason_ = http::Reason{http::ReasonKind::refused, NGHTTP2_REFUSED_STREAM,
                                 std::string("the message cannot be sent: ") + what};
    connection_->backlog().unsent_streams.push_back(shared_from_this());
  }
}

void Stream::send_body(http::Bytes chunk, http::End end) {
  if (connection_ == nullptr || content_ended_) return;
  assert(chunk.size() <= room());
  if (queue_.empty() && !chunk.empty()) begin_wait();
  queue_.append(chunk);
  content_ended_ = end == http::End::yes;
  wants_room_ = room() == 0;
  content_changed();
}

void Stream::send_source(std::unique_ptr<http::BodySource> source, http::End end) {
  if (connection_ == nullptr || content_ended_ || source_ != nullptr) return;
  source_ = std::move(source);
  content_ended_ = end == http::End::yes;
  begin_wait();
  content_changed();
}

void Stream::send_trailers(const http::Fields& trailers) {
  if (connection_ == nullptr || content_ended_) return;
  trailers_ = trailers;
  content_ended_ = true;
  content_changed();
}

void Stream::content_changed() {
  if (deferred_) {
    deferred_ = false;
    nghttp2_session_resume_data(connection_->session(), id_);
  }
  connection_->schedule_flush();
}

void Stream::reset(const http::Reason& reason) {
  receiver_.reset();
  if (connection_ == nullptr) return;
  Connection& connection = *std::exchange(connection_, nullptr);
  if (owed_ > 0) connection.consume_unused(std::exchange(owed_, 0));
  if (id_ < 0) return;
  nghttp2_submit_rst_stream(connection.session(), NGHTTP2_FLAG_NONE, id_, wire_code(reason));
  connection.schedule_flush();
}

void Stream::consume(std::size_t count) {
  if (connection_ == nullptr) return;
  const std::size_t returned = std::min(count, owed_);
  if (returned == 0) return;
  owed_ -= returned;
  last_received_ = connection_->event_time();
  nghttp2_session_consume(connection_->session(), id_, returned);
  connection_->schedule_flush();
}

std::size_t Stream::room() const {
  if (connection_ == nullptr || content_ended_ || source_ != nullptr) return 0;
  const std::size_t limit = connection_->config_.stream_buffer_bytes;
  return queue_.size() >= limit ? 0 : limit - queue_.size();
}

void Stream::receive_with(std::shared_ptr<http::Receiver> receiver) {
  if (connection_ != nullptr) receiver_ = std::move(receiver);
}

http::StreamPtr Stream::push(const http::Head& request) {
  if (connection_ == nullptr || connection_->role() != Role::server) return nullptr;
  nghttp2_session* session = connection_->session();
  if (nghttp2_session_get_remote_settings(session, NGHTTP2_SETTINGS_ENABLE_PUSH) == 0) {
    return nullptr;
  }
  auto promised = connection_->make_stream();
  FieldArray& fields = shared_fields();
  fields.assign(request);
  const std::int32_t id = nghttp2_submit_push_promise(session, NGHTTP2_FLAG_NONE, id_,
                                                      fields.data(), fields.size(), promised.get());
  if (id < 0) return nullptr;
  // The request of a promise is complete by definition: nothing more arrives on the stream.
  promised->head_received_ = true;
  promised->received_end_ = true;
  connection_->adopt(id, promised);
  connection_->schedule_flush();
  return promised;
}

std::uint64_t Stream::available() const {
  return queue_.size() + (source_ == nullptr ? 0 : source_->remaining());
}

nghttp2_ssize Stream::read_content(nghttp2_session*, std::int32_t, std::uint8_t*,
                                   std::size_t length, std::uint32_t* flags,
                                   nghttp2_data_source* source, void*) {
  return static_cast<Stream*>(source->ptr)->plan_frame(length, *flags);
}

// Decides what the next DATA frame carries; the octets themselves are taken when it is written.
nghttp2_ssize Stream::plan_frame(std::size_t max_length, std::uint32_t& flags) {
  const std::uint64_t ready = available();
  if (ready == 0 && !content_ended_) {
    deferred_ = true;
    return NGHTTP2_ERR_DEFERRED;
  }
  const auto planned = static_cast<std::size_t>(std::min<std::uint64_t>(ready, max_length));
  if (planned > 0) flags |= NGHTTP2_DATA_FLAG_NO_COPY;
  if (planned < ready || !content_ended_) return static_cast<nghttp2_ssize>(planned);

  flags |= NGHTTP2_DATA_FLAG_EOF;
  if (trailers_ && connection_ != nullptr) {
    FieldArray& fields = shared_fields();
    fields.assign(*trailers_);
    flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
    if (nghttp2_submit_trailer(connection_->session(), id_, fields.data(), fields.size()) != 0) {
      return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
    }
  }
  return static_cast<nghttp2_ssize>(planned);
}

void Stream::begin_wait() {
  last_sent_ = connection_->event_time();
  sent_since_ = 0;
}

void Stream::content_moved(std::size_t count) {
  if (connection_ == nullptr) return;
  connection_->content_taken(count);
  sent_since_ += count;
  if (sent_since_ >= connection_->config_.least_write_progress) begin_wait();
}

bool Stream::take_content(std::span<std::uint8_t> out) {
  content_sent_ += out.size();
  content_moved(out.size());
  const std::size_t from_queue = std::min(queue_.size(), out.size());
  std::copy_n(queue_.data(), from_queue, out.begin());
  queue_.consume(from_queue);
  out = out.subspan(from_queue);
  if (out.empty()) return true;
  return source_ != nullptr && source_->remaining() >= out.size() && source_->read(out);
}

std::optional<base::Chunk> Stream::lend_content(std::size_t count) {
  if (count < kLeastLent || !queue_.empty() || source_ == nullptr) return std::nullopt;
  std::optional<base::Chunk> content = source_->lend(count);
  if (!content) return std::nullopt;
  content_sent_ += count;
  content_moved(count);
  return content;
}

void Stream::begin_fields() {
  if (section_fields_ == 0) return;
  head_ = http::Head{};
  section_bytes_ = 0;
  section_fields_ = 0;
  section_too_large_ = false;
}

// Decoding goes on, since the compression state is shared, but nothing more is kept.
void Stream::drop_large_section() {
  if (!section_too_large_) head_.fields = http::Fields{};
  section_too_large_ = true;
}

void Stream::deliver_head(http::Head&& head, http::End end) {
  if (connection_ != nullptr) last_received_ = connection_->event_time();
  if (!head.is_informational()) head_received_ = true;
  const auto receiver = receiver_;
  if (receiver) receiver->on_head(std::move(head), end);
}

void Stream::deliver_body(http::Bytes chunk, http::End end) {
  if (connection_ != nullptr) last_received_ = connection_->event_time();
  const auto receiver = receiver_;
  owed_ += chunk.size();
  if (receiver) {
    receiver->on_body(chunk, end);
  } else {
    consume(chunk.size());
  }
}

void Stream::deliver_trailers() {
  const auto receiver = receiver_;
  if (receiver) receiver->on_trailers(std::move(head_.fields));
}

void Stream::finish_well() {
  connection_ = nullptr;
  owed_ = 0;
  source_.reset();
  queue_.clear();
  const auto receiver = std::exchange(receiver_, nullptr);
  if (receiver) receiver->on_done();
}

void Stream::finish_early(const http::Reason& reason) {
  connection_ = nullptr;
  owed_ = 0;
  source_.reset();
  queue_.clear();
  const auto receiver = std::exchange(receiver_, nullptr);
  if (receiver) receiver->on_reset(reason);
}

}  // namespace http2
