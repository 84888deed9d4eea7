// SPDX-License-Identifier: MIT
// From an origin to a transport on which HTTP/2 can begin.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/url.h"
#include "net/connector.h"
#include "net/loop.h"
#include "net/resolver.h"
#include "net/transport.h"
#include "nghttp/config.h"
#include "nghttp/exit_status.h"
#include "nghttp/proxy.h"
#include "tls/context.h"
#include "tls/tls_transport.h"

namespace nghttp {

// When the steps were done; zero for those that were not.
struct ConnectTimes {
  net::Clock::time_point started;
  net::Clock::time_point resolved;
  net::Clock::time_point connected;
};

// Resolves, connects, asks a proxy if there is one, and for https shakes hands and insists on h2,
// or on http/1.1 if that is wanted, too. One after the other, it may make several connections.
class Connect final : public net::TransportHandler {
 public:
  // Without a transport the failure says why. The callback may destroy the object.
  using Callback =
      std::function<void(std::unique_ptr<net::Transport> transport, const Failure& failure)>;

  Connect(net::EventLoop& loop, net::Resolver& resolver, const tls::Context& context,
          const Config& config);

  void start(const base::Url& origin, Callback callback);

  // Makes the tap of every connection.
  using MakeTap = std::function<std::shared_ptr<net::SocketTap>(const net::Address& local,
                                                                const net::Address& peer)>;
  void set_tap_maker(MakeTap make_tap) { make_tap_ = std::move(make_tap); }

  const ConnectTimes& times() const { return times_; }

  void on_connected() override;
  void on_readable() override {}
  void on_writable() override {}
  void on_error(const std::string& reason) override;

 private:
  void socket_connected(base::Result<net::Connected> result);
  void tunnel_through(const Proxy& proxy, net::Connected connected);
  void begin(net::Connected connected);
  tls::ClientSettings tls_settings() const;
  void begin_stage(std::string stage);
  void fail(ExitStatus status, const std::string& reason);
  std::string refusal() const;

  net::EventLoop& loop_;
  tls::Context context_;
  const Config& config_;
  net::Connector connector_;
  // Limits a stage that comes after the connection.
  net::Timer stage_timer_;
  std::string stage_;
  base::Url origin_;
  ConnectTimes times_;
  MakeTap make_tap_;
  // Until the transport to the server has it.
  std::shared_ptr<net::SocketTap> tap_;
  // The server, and what is known of its address.
  net::ConnectTarget target_;
  Callback callback_;
  std::unique_ptr<ProxyTunnel> tunnel_;
  std::unique_ptr<net::Transport> transport_;
};

}  // namespace nghttp
