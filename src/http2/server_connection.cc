// SPDX-License-Identifier: MIT
// The server side of an HTTP/2 connection.
#include "http2/server_connection.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "http2/stream.h"

namespace http2 {

namespace {

// How long a peer may take to acknowledge our notice.
constexpr std::chrono::seconds kNoticeTime(2);

constexpr std::array<std::uint8_t, 8> kNoticePing = {'s', 'h', 'u', 't', 'd', 'o', 'w', 'n'};

}  // namespace

Handle<ServerConnection> ServerConnection::create(net::EventLoop& loop,
                                                  std::unique_ptr<net::Transport> transport,
                                                  SharedConfig config, ServerHandler& handler) {
  // Makes the constructor known to std::make_shared().
  struct Made final : ServerConnection {
    Made(net::EventLoop& its_loop, std::unique_ptr<net::Transport> its_transport,
         SharedConfig its_config, ServerHandler& its_handler)
        : ServerConnection(its_loop, std::move(its_transport), std::move(its_config), its_handler) {
    }
  };
  return Handle<ServerConnection>(
      std::make_shared<Made>(loop, std::move(transport), std::move(config), handler));
}

ServerConnection::ServerConnection(net::EventLoop& loop, std::unique_ptr<net::Transport> transport,
                                   SharedConfig config, ServerHandler& handler)
    : Connection(loop, Role::server, std::move(transport), std::move(config)), handler_(handler) {}

void ServerConnection::on_peer_stream(const std::shared_ptr<Stream>& stream, http::Head&& head,
                                      http::End end) {
  handler_.on_request(*this, head, stream);
  deliver_request(*stream, std::move(head), end);
}

void ServerHandler::on_large_request(ServerConnection&, const http::Head&, http::StreamPtr stream) {
  stream->send_head(http::response_head(431), http::End::yes);
}

void ServerConnection::on_large_request(const std::shared_ptr<Stream>& stream,
                                        const http::Head& head) {
  handler_.on_large_request(*this, head, stream);
}

void ServerConnection::on_promise(std::int32_t, http::Head&&, const std::shared_ptr<Stream>&) {
  // The session answers PUSH_PROMISE from a client with a connection error by itself.
}

void ServerConnection::notify_closed(const http::Reason& reason) {
  handler_.on_closed(*this, reason);
}

void ServerConnection::shut_down() {
  if (!is_open() || shutting_down_) return;
  shutting_down_ = notice_given_ = true;
  nghttp2_submit_shutdown_notice(session());
  schedule_flush();
  start_shutdown_timer(kNoticeTime);
}

void ServerConnection::notify_goaway_sent() {
  if (notice_given_) {
    nghttp2_submit_ping(session(), NGHTTP2_FLAG_NONE, kNoticePing.data());
  }
}

// Requests that crossed our notice have arrived by now.
void ServerConnection::notify_pong(http::Bytes opaque_data) {
  if (std::ranges::equal(opaque_data, kNoticePing)) end_notice();
}

void ServerConnection::on_shutdown_timer() {
  end_notice();
}

void ServerConnection::end_notice() {
  if (!notice_given_) return;
  notice_given_ = false;
  stop_shutdown_timer();
  go_away(NGHTTP2_NO_ERROR);
}

void ServerConnection::go_away(std::uint32_t error_code) {
  nghttp2_submit_goaway(session(), NGHTTP2_FLAG_NONE,
                        nghttp2_session_get_last_proc_stream_id(session()), error_code, nullptr, 0);
  schedule_flush();
}

}  // namespace http2
