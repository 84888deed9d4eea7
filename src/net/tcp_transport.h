// SPDX-License-Identifier: MIT
// Transport over a plain stream socket (TCP or UNIX).
#pragma once

#include <memory>

#include "base/file.h"
#include "net/loop.h"
#include "net/transport.h"

namespace net {

class TcpTransport final : public Transport, private FdEvents::Handler {
 public:
  // Takes over a connected, non-blocking stream socket.
  TcpTransport(EventLoop& loop, base::Fd fd, Address peer);
  ~TcpTransport() override;

  using Transport::write;
  void start(TransportHandler* handler) override;
  void set_handler(TransportHandler* handler) override { handler_ = handler; }
  IoResult read(std::span<uint8_t> bytes) override;
  IoResult write(std::span<const iovec> pieces) override;
  void want_write(bool wanted) override;
  void pause_reading() override;
  void resume_reading() override;
  void shutdown_write() override;
  void close() override;
  bool is_open() const override { return static_cast<bool>(fd_); }
  const std::string& error_text() const override { return error_; }
  std::string_view alpn() const override { return {}; }
  std::optional<SecurityInfo> security() const override { return std::nullopt; }
  std::string_view scheme() const override { return "http"; }
  const Address& peer_address() const override { return peer_; }
  Address local_address() const override { return Address::local_of(fd_.get()); }
  int fd() const override { return fd_.get(); }

  // Gives the socket away, e.g. to put TLS on top of it after a proxy's CONNECT; this transport is
  // closed then.
  base::Fd release();

 private:
  void show_sent(std::span<const iovec> pieces, size_t count);
  void on_fd_readable() override { handler_->on_readable(); }
  void on_fd_writable() override { handler_->on_writable(); }
  IoResult fail(int error_number);
  void update_watch();

  EventLoop& loop_;
  base::Fd fd_;
  Address peer_;
  TransportHandler* handler_ = nullptr;
  std::string error_;
  bool connected_ = false;
  bool reading_ = true;
  bool writing_ = false;
  std::unique_ptr<FdEvents> watch_;
  RareTimer announce_;
};

// TCP_NODELAY for TCP sockets; nothing for others.
void set_no_delay(int fd);

// "Connection reset by peer (ECONNRESET)".
std::string describe_errno(int error_number);

}  // namespace net
