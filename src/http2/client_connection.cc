// SPDX-License-Identifier: MIT
// The client side of an HTTP/2 connection.
#include "http2/client_connection.h"

#include <string>

#include "http2/stream.h"

namespace http2 {

Handle<ClientConnection> ClientConnection::create(net::EventLoop& loop,
                                                  std::unique_ptr<net::Transport> transport,
                                                  SharedConfig config, ClientHandler& handler) {
  return Handle<ClientConnection>(std::shared_ptr<ClientConnection>(
      new ClientConnection(loop, std::move(transport), std::move(config), handler)));
}

ClientConnection::ClientConnection(net::EventLoop& loop, std::unique_ptr<net::Transport> transport,
                                   SharedConfig config, ClientHandler& handler)
    : Connection(loop, Role::client, std::move(transport), std::move(config)), handler_(handler) {}

http::StreamPtr ClientConnection::open(const nghttp2_priority_spec& place) {
  auto stream = make_stream();
  stream->set_place(place);
  return stream;
}

void ClientConnection::send_priority(std::int32_t stream_id, const nghttp2_priority_spec& place) {
  nghttp2_submit_priority(session(), NGHTTP2_FLAG_NONE, stream_id, &place);
  schedule_flush();
}

void ClientConnection::open_from(std::int32_t stream_id) {
  nghttp2_session_set_next_stream_id(session(), stream_id);
}

http::StreamPtr ClientConnection::adopt_upgraded(http::Bytes settings_payload,
                                                 std::string_view request_method) {
  const auto stream = make_stream();
  const int result =
      nghttp2_session_upgrade2(session(), settings_payload.data(), settings_payload.size(),
                               request_method == "HEAD" ? 1 : 0, stream.get());
  if (result != 0) return nullptr;
  adopt_sent_request(stream, 1);
  return stream;
}

bool ClientConnection::accepts_requests() const {
  return is_open() && nghttp2_session_check_request_allowed(session()) != 0;
}

std::uint32_t ClientConnection::max_concurrent_streams() const {
  return nghttp2_session_get_remote_settings(session(), NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS);
}

void ClientConnection::shut_down() {
  terminate(NGHTTP2_NO_ERROR);
}

void ClientConnection::on_peer_stream(const std::shared_ptr<Stream>&, http::Head&&, http::End) {
  // The session answers requests from a server with a connection error by itself.
}

void ClientConnection::on_promise(std::int32_t parent_id, http::Head&& request,
                                  const std::shared_ptr<Stream>& stream) {
  handler_.on_push(*this, parent_id, std::move(request), stream);
  refuse_without_receiver(*stream, NGHTTP2_CANCEL);
}

void ClientConnection::notify_closed(const http::Reason& reason) {
  handler_.on_closed(*this, reason);
}

void ClientConnection::notify_changed() {
  handler_.on_changed(*this);
}

std::string pack_settings(const std::vector<nghttp2_settings_entry>& settings) {
  constexpr std::size_t kEntryBytes = 6;
  std::string payload(settings.size() * kEntryBytes, '\0');
  const nghttp2_ssize length =
      nghttp2_pack_settings_payload2(reinterpret_cast<std::uint8_t*>(payload.data()),
                                     payload.size(), settings.data(), settings.size());
  payload.resize(length < 0 ? 0 : static_cast<std::size_t>(length));
  return payload;
}

}  // namespace http2
