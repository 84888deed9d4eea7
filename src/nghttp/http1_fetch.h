// SPDX-License-Identifier: MIT
// Fetches what is wanted from one origin over HTTP/1.1: one request after the other.
#pragma once

#include <deque>
#include <functional>
#include <memory>

#include "base/url.h"
#include "http1/client_connection.h"
#include "http2/frame_log.h"
#include "net/loop.h"
#include "nghttp/config.h"
#include "nghttp/connect.h"
#include "nghttp/output.h"
#include "nghttp/request.h"

namespace nghttp {

struct Http1Parts {
  net::EventLoop& loop;
  const Config& config;
  Output& output;
  // Makes another connection when the server has closed one.
  Connect& connect;
  base::Url origin;
  std::shared_ptr<http2::FrameLog> log;
  // Sends a request on a stream that has just been opened.
  std::function<void(Request&, const http::StreamPtr&)> send;
  // There is no connection for a request that waits.
  std::function<void(Request&, const Failure&)> fail;
};

class Http1Fetch final : public http1::ClientHandler {
 public:
  explicit Http1Fetch(Http1Parts parts) : parts_(std::move(parts)) {}

  // The connection to begin with.
  void begin(std::unique_ptr<net::Transport> transport);

  // Requests wait for their turn.
  void add(Request& request);
  // A request that may be sent once more comes before the others.
  void repeat(Request& request);

  void on_idle(http1::ClientConnection& connection) override;
  void on_closed(http1::ClientConnection& connection, const http::Reason& reason) override;

 private:
  void go_on();
  void connect_again();
  void fail_waiting(const Failure& failure);
  http1::Observer observer() const;

  Http1Parts parts_;
  std::deque<Request*> waiting_;
  bool connecting_ = false;
  http::ConnectionHandle<http1::ClientConnection> connection_;
};

// A head for the trace: its lines, indented and escaped.
std::string format_head(std::string_view text);

}  // namespace nghttp
