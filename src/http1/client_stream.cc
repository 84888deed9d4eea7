// SPDX-License-Identifier: MIT
// One exchange on an HTTP/1.1 client connection as an http::Stream.
#include "http1/client_stream.h"

#include <cassert>
#include <utility>

namespace http1 {

void ClientStream::send_head(const http::Head& head, http::End end) {
  if (connection_ != nullptr) connection_->send_head(head, end);
}

void ClientStream::send_body(http::Bytes chunk, http::End end) {
  if (connection_ == nullptr || connection_->request_.is_closed()) return;
  assert(chunk.size() <= room());
  connection_->request_.add(chunk, end);
  wants_room_ = room() == 0;
  connection_->schedule_flush();
}

void ClientStream::send_source(std::unique_ptr<http::BodySource> source, http::End end) {
  if (connection_ == nullptr || connection_->request_.is_closed()) return;
  connection_->request_.add_source(std::move(source), end);
  connection_->schedule_flush();
}

void ClientStream::send_trailers(const http::Fields& trailers) {
  if (connection_ == nullptr) return;
  connection_->request_.add_trailers(trailers);
  connection_->schedule_flush();
}

void ClientStream::reset(const http::Reason& reason) {
  receiver_.reset();
  // HTTP/1.1 has no other way to end an exchange than to end its connection.
  if (connection_ != nullptr) std::exchange(connection_, nullptr)->abandon(reason);
}

void ClientStream::consume(std::size_t count) {
  if (connection_ != nullptr) connection_->consume(count);
}

std::size_t ClientStream::room() const {
  if (connection_ == nullptr || connection_->request_.is_closed()) return 0;
  const std::size_t limit = connection_->config_.stream_buffer_bytes;
  const std::size_t queued = connection_->request_.queued();
  return queued >= limit ? 0 : limit - queued;
}

void ClientStream::receive_with(std::shared_ptr<http::Receiver> receiver) {
  if (connection_ != nullptr) receiver_ = std::move(receiver);
}

}  // namespace http1
