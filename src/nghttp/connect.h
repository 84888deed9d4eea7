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
#include "tls/context.h"

namespace nghttp {

// When the steps were done; zero for those that were not.
struct ConnectTimes {
  net::Clock::time_point started;
  net::Clock::time_point resolved;
  net::Clock::time_point connected;
};

// Resolves, connects, and for https shakes hands and insists on h2.
class Connect final : public net::TransportHandler {
 public:
  // Exactly one of both is set. The callback may destroy the object.
  using Callback =
      std::function<void(std::unique_ptr<net::Transport> transport, const std::string& reason)>;

  Connect(net::EventLoop& loop, net::Resolver& resolver, const tls::Context& context,
          const Config& config);

  void start(const base::Url& origin, Callback callback);

  const ConnectTimes& times() const { return times_; }

  void on_connected() override;
  void on_readable() override {}
  void on_writable() override {}
  void on_error(const std::string& reason) override;

 private:
  void socket_connected(base::Result<net::Connected> result);
  void fail(const std::string& reason);
  std::string refusal() const;

  net::EventLoop& loop_;
  tls::Context context_;
  const Config& config_;
  net::Connector connector_;
  net::Timer handshake_timer_;
  base::Url origin_;
  ConnectTimes times_;
  Callback callback_;
  std::unique_ptr<net::Transport> transport_;
};

}  // namespace nghttp
