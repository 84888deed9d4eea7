// SPDX-License-Identifier: MIT
// The server side of an HTTP/2 connection.
#pragma once

#include <memory>

#include "http2/connection.h"

namespace http2 {

class ServerConnection;

// Who serves the requests of a connection. It is not owned and must outlive the handle.
class ServerHandler {
 public:
  virtual ~ServerHandler() = default;

  // A request begins: the stream wants its receiver now, who gets the head right after. Without
  // one the stream is reset with REFUSED_STREAM.
  virtual void on_request(ServerConnection& connection, const http::Head& head,
                          http::StreamPtr stream) = 0;

  // A request has more fields, or larger ones, than the limits allow; `head` is what is kept of it.
  // The stream wants its answer now: 431, for example (RFC 6585 §5).
  virtual void on_large_request(ServerConnection& connection, const http::Head& head,
                                http::StreamPtr stream);

  // The connection is over; its handle may be dropped here.
  virtual void on_closed(ServerConnection& connection, const http::Reason& reason) = 0;
};

class ServerConnection : public Connection {
 public:
  // `transport` is connected, with "h2" negotiated or known beforehand.
  static Handle<ServerConnection> create(net::EventLoop& loop,
                                         std::unique_ptr<net::Transport> transport,
                                         SharedConfig config, ServerHandler& handler);
  static Handle<ServerConnection> create(net::EventLoop& loop,
                                         std::unique_ptr<net::Transport> transport,
                                         ConnectionConfig config, ServerHandler& handler) {
    return create(loop, std::move(transport),
                  std::make_shared<const ConnectionConfig>(std::move(config)), handler);
  }

  // RFC 9113 §6.8: first a notice that leaves requests on their way untouched; when the peer has
  // acknowledged the PING behind it, the real GOAWAY. The connection ends with its last stream.
  void shut_down() override;

  // GOAWAY with any error code at once: open streams go on, later ones are ignored.
  void go_away(std::uint32_t error_code);

 protected:
  ServerConnection(net::EventLoop& loop, std::unique_ptr<net::Transport> transport,
                   SharedConfig config, ServerHandler& handler);

 private:
  void on_peer_stream(const std::shared_ptr<Stream>& stream, http::Head&& head,
                      http::End end) override;
  void on_large_request(const std::shared_ptr<Stream>& stream, const http::Head& head) override;
  void on_promise(std::int32_t parent_id, http::Head&& request,
                  const std::shared_ptr<Stream>& stream) override;
  void notify_closed(const http::Reason& reason) override;
  void notify_changed() override {}
  void notify_goaway_sent() override;
  void notify_pong(http::Bytes opaque_data) override;
  void on_shutdown_timer() override;
  void end_notice();

  ServerHandler& handler_;
  bool shutting_down_ = false;
  // Between our notice and the real GOAWAY.
  bool notice_given_ = false;
};

}  // namespace http2
