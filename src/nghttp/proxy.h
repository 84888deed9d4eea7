// SPDX-License-Identifier: MIT
// Reaching a server through a proxy: HTTP CONNECT (RFC 9110 §9.3.6) or SOCKS5 (RFC 1928, RFC 1929).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "net/tcp_transport.h"
#include "net/transport.h"
#include "nghttp/exit_status.h"

namespace nghttp {

struct Proxy {
  enum class Kind { http, socks5 };
  struct Credentials {
    std::string user;
    std::string password;
  };

  Kind kind = Kind::http;
  std::string host;
  std::uint16_t port = 0;
  std::optional<Credentials> credentials;

  std::string name() const;
};

// http://[user:password@]host[:port] or socks5://[user:password@]host[:port]; the ports are 80 and
// 1080 by default.
base::Result<Proxy> parse_proxy(std::string_view text);

// One of the protocols by which a proxy is asked.
class ProxyDialogue {
 public:
  virtual ~ProxyDialogue() = default;

  // What is to be sent now, until the next call of receive().
  std::string take_output() { return std::exchange(output_, {}); }
  // How many octets of input are wanted next: never more, since what follows the dialogue belongs
  // to whoever uses the connection. 0 when the proxy has connected us.
  std::size_t wanted() const { return wanted_; }
  // Takes exactly that many; "" or why it failed.
  virtual std::string receive(std::string_view input) = 0;

 protected:
  std::string output_;
  std::size_t wanted_ = 0;
};

std::unique_ptr<ProxyDialogue> make_dialogue(const Proxy& proxy, const std::string& host,
                                             std::uint16_t port);

// Leads the dialogue on a connection to the proxy, and gives the socket back afterwards.
class ProxyTunnel final : public net::TransportHandler {
 public:
  // Without text in the failure all went well. May destroy the object.
  using Callback = std::function<void(const Failure& failure)>;

  ProxyTunnel(std::unique_ptr<net::TcpTransport> transport, const Proxy& proxy,
              const std::string& host, std::uint16_t port, Callback callback);

  void start() { transport_->start(this); }
  // Once the callback has told of success.
  base::Fd release() { return transport_->release(); }
  const net::Address& peer_address() const { return transport_->peer_address(); }

  void on_connected() override { transport_->want_write(true); }
  void on_readable() override;
  void on_writable() override;
  void on_error(const std::string& reason) override;

 private:
  bool take_input();
  void finish(const std::string& reason);

  std::unique_ptr<net::TcpTransport> transport_;
  std::string proxy_name_;
  std::unique_ptr<ProxyDialogue> dialogue_;
  std::string output_;
  std::string input_;
  Callback callback_;
};

}  // namespace nghttp
