// SPDX-License-Identifier: MIT
// The client side of an HTTP/1.1 connection: one exchange after the other.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/buffer.h"
#include "http/connection_handle.h"
#include "http/stream.h"
#include "http1/chunked.h"
#include "http1/framing.h"
#include "http1/head_parser.h"
#include "http1/head_writer.h"
#include "http1/request_output.h"
#include "net/loop.h"
#include "net/transport.h"

namespace http1 {

class ClientConnection;
class ClientStream;

enum class Direction { received, sent };

// Sees what passes; every member may be empty.
struct Observer {
  // A head with its empty line, or a last chunk with its trailers, as written or read.
  std::function<void(Direction, std::string_view text)> head;
  std::function<void(Direction, std::size_t bytes)> content;
  std::function<void(http::Bytes)> raw_input;
};

struct ConnectionConfig {
  Limits limits;
  TargetForm target_form = TargetForm::origin;
  // Octets that may wait to be sent, and those delivered and not consumed yet.
  std::size_t stream_buffer_bytes = 64 * 1024;
  std::size_t max_owed_bytes = 256 * 1024;
  Observer observer;
};

// Who uses a client connection. It is not owned and must outlive the handle.
class ClientHandler {
 public:
  virtual ~ClientHandler() = default;

  // The connection takes a request again.
  virtual void on_idle(ClientConnection& connection) = 0;

  // The connection is over; its handle may be dropped here. Its stream has been told before.
  virtual void on_closed(ClientConnection& connection, const http::Reason& reason) = 0;
};

// Owned by a ConnectionHandle; it may be dropped from inside any callback. An exchange that the
// server closed a kept connection on, before any octet of an answer, ends with ReasonKind::refused
// if RFC 9110 §9.2.2 and §9.3.1 let it be tried again. What comes unasked ends the connection.
class ClientConnection final : public net::TransportHandler,
                               public std::enable_shared_from_this<ClientConnection> {
 public:
  // `transport` is connected, with "http/1.1" negotiated or known beforehand.
  static http::ConnectionHandle<ClientConnection> create(net::EventLoop& loop,
                                                         std::unique_ptr<net::Transport> transport,
                                                         ConnectionConfig config,
                                                         ClientHandler& handler);
  ~ClientConnection() override;
  ClientConnection(const ClientConnection&) = delete;
  ClientConnection& operator=(const ClientConnection&) = delete;

  void start();

  // The stream of the next request: name its receiver, then send the head. Only when idle.
  http::StreamPtr open();
  bool is_idle() const { return phase_ == Phase::open && stream_ == nullptr; }

  // Stops at once: the stream is reset with `reason`; the handler is not called any more.
  void close(const http::Reason& reason);

  const net::Transport& transport() const { return *transport_; }

 private:
  friend class ClientStream;

  enum class Phase { open, closed };
  // What the next octets of the response are.
  enum class Expected { head, length, chunked, until_close };

  ClientConnection(net::EventLoop& loop, std::unique_ptr<net::Transport> transport,
                   ConnectionConfig config, ClientHandler& handler);

  // TransportHandler.
  void on_connected() override {}
  void on_readable() override;
  void on_writable() override;
  void on_error(const std::string& reason) override;

  // Called by the stream.
  void send_head(const http::Head& head, http::End end);
  void schedule_flush();
  void abandon(const http::Reason& reason);
  void consume(std::size_t count);

  // Output.
  void flush();
  bool write_output();

  // Input.
  void take_input();
  bool take_head();
  bool take_content();
  bool take_chunked_content();
  void deliver_content(http::Bytes content, bool is_last);
  void deliver_head(MessageHead&& message);
  void end_of_input(const http::Reason& reason, bool is_orderly);

  // The end of an exchange, of the connection.
  void response_complete();
  void fail(http::ReasonKind kind, std::string text);
  void finish(const http::Reason& reason, bool notify);
  bool may_be_repeated() const;

  net::EventLoop& loop_;
  ConnectionConfig config_;
  std::unique_ptr<net::Transport> transport_;
  ClientHandler& handler_;
  Phase phase_ = Phase::open;
  bool flush_scheduled_ = false;
  bool taking_input_ = false;

  base::Buffer output_;
  base::Buffer input_;

  // The exchange that is going on.
  std::shared_ptr<ClientStream> stream_;
  std::int64_t stream_count_ = 0;
  RequestOutput request_;
  std::string method_;
  bool head_sent_ = false;
  bool any_written_ = false;
  bool any_received_ = false;
  Expected expected_ = Expected::head;
  HeadParser head_parser_;
  std::string head_text_;  // for the observer
  int interim_count_ = 0;
  ChunkedDecoder chunked_;
  std::uint64_t remaining_ = 0;
  bool persistent_ = true;
  std::size_t owed_ = 0;
};

}  // namespace http1
