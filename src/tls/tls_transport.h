// SPDX-License-Identifier: MIT
// Transport over TLS: OpenSSL on a non-blocking socket.
#pragma once

#include <openssl/types.h>

#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/file.h"
#include "base/result.h"
#include "net/loop.h"
#include "net/transport.h"
#include "tls/context.h"
#include "tls/record_io.h"
#include "tls/verify.h"

namespace tls {

// What a client connection needs besides the context.
struct ClientSettings {
  std::string server_name = {};  // for SNI (names only, not addresses) and certificate verification
  VerifyMode verify = VerifyMode::require;
  std::optional<std::string> sni = std::nullopt;  // sent by SNI instead; "" for none
  Session session = {};                           // to resume; empty for none
};

class TlsTransport final : public net::Transport, private net::FdEvents::Handler {
 public:
  // Takes over a connected, non-blocking stream socket. The handshake starts with start(); limit
  // its time with a timer of your own and close(). Failures (out of memory, a server name that is
  // no name) are reported by on_error().
  static std::unique_ptr<TlsTransport> client(net::EventLoop& loop, base::Fd fd, net::Address peer,
                                              const Context& context, ClientSettings settings);
  static std::unique_ptr<TlsTransport> server(net::EventLoop& loop, base::Fd fd, net::Address peer,
                                              const Context& context);
  ~TlsTransport() override;

  using Transport::write;
  void start(net::TransportHandler* handler) override;
  void set_handler(net::TransportHandler* handler) override { handler_ = handler; }
  net::IoResult read(std::span<uint8_t> bytes) override;
  net::IoResult write(std::span<const iovec> pieces) override;
  bool has_unsent() const override { return !io_.is_sent(); }
  bool has_unread() const override { return phase_ == Phase::open && has_unread_bytes(); }
  void want_write(bool wanted) override;
  void pause_reading() override;
  void resume_reading() override;
  void shutdown_write() override;
  void close() override;
  bool is_open() const override { return static_cast<bool>(fd_); }
  const std::string& error_text() const override;
  std::string_view alpn() const override;
  std::optional<net::SecurityInfo> security() const override;
  std::string_view scheme() const override { return "https"; }
  const net::Address& peer_address() const override { return peer_; }
  net::Address local_address() const override { return net::Address::local_of(fd_.get()); }
  void set_tap(std::shared_ptr<net::SocketTap> tap) override;
  int fd() const override { return fd_.get(); }

  SSL* ssl() const { return ssl_.get(); }

 private:
  enum class Phase { handshake, open, broken };
  struct SslFree {
    void operator()(SSL* ssl) const;
  };

  TlsTransport(net::EventLoop& loop, base::Fd fd, net::Address peer, const Context& context);

  bool connect_bio();
  std::string set_up(const ClientSettings& settings);
  void resume_later();
  void resume();
  void continue_handshake();
  void on_fd_readable() override;
  void on_fd_writable() override;
  void deliver_readable();
  void continue_shutdown();
  void forget_handshake();
  void update_watch();
  bool has_unread_bytes() const;
  net::IoResult write_records(std::span<const iovec> pieces);
  net::IoResult write_stopped(int result, size_t written);
  void set_error(std::string text);
  net::IoResult fail(int ssl_error, int error_number);

  net::EventLoop& loop_;
  Context context_;
  base::Fd fd_;
  net::Address peer_;
  RecordIo io_;
  std::unique_ptr<SSL, SslFree> ssl_;
  net::TransportHandler* handler_ = nullptr;
  std::unique_ptr<std::string> error_;  // most connections never have one
  VerifyMode verify_ = VerifyMode::none;
  Phase phase_ = Phase::handshake;
  bool reading_ = true;
  bool writing_ = false;
  bool read_needs_write_ = false;  // SSL_read() waits for the socket to become writable
  bool write_needs_read_ = false;  // SSL_write() waits for the socket to become readable
  bool read_drained_ = true;       // the last read() met the end of what has arrived
  bool shutdown_pending_ = false;
  net::Lifeline lifeline_;
  std::unique_ptr<net::FdEvents> watch_;
  net::RareTimer again_;  // for what must not happen inside a call of the handler's
};

}  // namespace tls
