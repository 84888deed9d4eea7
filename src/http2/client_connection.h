// SPDX-License-Identifier: MIT
// The client side of an HTTP/2 connection.
#pragma once

#include <memory>
#include <string_view>

#include "http2/connection.h"

namespace http2 {

class ClientConnection;

// Who uses a client connection. It is not owned and must outlive the handle.
class ClientHandler {
 public:
  virtual ~ClientHandler() = default;

  // What may be opened has changed: SETTINGS or GOAWAY came, or a stream closed.
  virtual void on_changed(ClientConnection&) {}

  // The server promises a response to `request`, made on behalf of the stream `parent_id`. Give the
  // stream a receiver to take it; otherwise it is reset with CANCEL.
  virtual void on_push(ClientConnection&, std::int64_t parent_id, http::Head&& request,
                       const http::StreamPtr& stream) = 0;

  // The connection is over; its handle may be dropped here. Streams have been told before.
  virtual void on_closed(ClientConnection& connection, const http::Reason& reason) = 0;
};

class ClientConnection final : public Connection {
 public:
  // `transport` is connected, with "h2" negotiated or known beforehand.
  static Handle<ClientConnection> create(net::EventLoop& loop,
                                         std::unique_ptr<net::Transport> transport,
                                         SharedConfig config, ClientHandler& handler);
  static Handle<ClientConnection> create(net::EventLoop& loop,
                                         std::unique_ptr<net::Transport> transport,
                                         ConnectionConfig config, ClientHandler& handler) {
    return create(loop, std::move(transport),
                  std::make_shared<const ConnectionConfig>(std::move(config)), handler);
  }

  // A stream for one request: name its receiver, then send the head. The place is the one in the
  // tree of RFC 7540 §5.3; servers that do not want such are not told.
  http::StreamPtr open(const nghttp2_priority_spec& place = {0, NGHTTP2_DEFAULT_WEIGHT, 0});

  // PRIORITY: the place of a stream in that tree, also of one that will never be opened.
  void send_priority(std::int32_t stream_id, const nghttp2_priority_spec& place);
  // The identifier of the next stream to open, beyond all that were opened.
  void open_from(std::int32_t stream_id);

  // Before start(), after "101 Switching Protocols": stream 1 answers the HTTP/1.1 request that
  // asked for the upgrade with these SETTINGS (RFC 7540 §3.2). nullptr if the payload is not valid.
  http::StreamPtr adopt_upgraded(http::Bytes settings_payload, std::string_view request_method);

  // Whether the connection takes new requests, the peer's limit on concurrent streams aside.
  bool accepts_requests() const;

  // How many streams the peer lets us have at a time.
  std::uint32_t max_concurrent_streams() const;

  // Sends GOAWAY and closes; open streams are reset.
  void shut_down() override;

 private:
  ClientConnection(net::EventLoop& loop, std::unique_ptr<net::Transport> transport,
                   SharedConfig config, ClientHandler& handler);

  void on_peer_stream(const std::shared_ptr<Stream>& stream, http::Head&& head,
                      http::End end) override;
  void on_promise(std::int32_t parent_id, http::Head&& request,
                  const std::shared_ptr<Stream>& stream) override;
  void notify_closed(const http::Reason& reason) override;
  void notify_changed() override;
  void on_shutdown_timer() override {}

  ClientHandler& handler_;
};

// The payload of a SETTINGS frame, as HTTP2-Settings carries it before base64url.
std::string pack_settings(const std::vector<nghttp2_settings_entry>& settings);

}  // namespace http2
