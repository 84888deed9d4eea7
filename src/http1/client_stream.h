// SPDX-License-Identifier: MIT
// One exchange on an HTTP/1.1 client connection as an http::Stream.
#pragma once

#include <memory>

#include "http1/client_connection.h"

namespace http1 {

class ClientStream final : public http::Stream, public std::enable_shared_from_this<ClientStream> {
 public:
  ClientStream(ClientConnection* connection, std::int64_t id) : connection_(connection), id_(id) {}

  std::int64_t id() const override { return id_; }
  void send_head(const http::Head& head, http::End end) override;
  void send_body(http::Bytes chunk, http::End end) override;
  void send_source(std::unique_ptr<http::BodySource> source, http::End end) override;
  void send_trailers(const http::Fields& trailers) override;
  void reset(const http::Reason& reason) override;
  void consume(std::size_t count) override;
  std::size_t room() const override;
  void receive_with(std::shared_ptr<http::Receiver> receiver) override;
  // A server cannot push in HTTP/1.1, let alone a client.
  http::StreamPtr push(const http::Head&) override { return nullptr; }

 private:
  friend class ClientConnection;

  // nullptr once the exchange is over.
  ClientConnection* connection_;
  const std::int64_t id_;
  std::shared_ptr<http::Receiver> receiver_;
  bool wants_room_ = false;
};

}  // namespace http1
