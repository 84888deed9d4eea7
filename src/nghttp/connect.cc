// SPDX-License-Identifier: MIT
// From an origin to a transport on which HTTP/2 can begin.
#include "nghttp/connect.h"

#include <utility>

#include "base/log.h"
#include "base/number.h"
#include "base/text.h"
#include "net/tcp_transport.h"

namespace nghttp {

Connect::Connect(net::EventLoop& loop, net::Resolver& resolver, const tls::Context& context,
                 const Config& config)
    : loop_(loop),
      context_(context),
      config_(config),
      connector_(loop, resolver),
      stage_timer_(loop, [this] {
        fail(ExitStatus::timeout,
             stage_ + " timed out after " + base::format_duration(config_.timeout));
      }) {}

void Connect::start(const base::Url& origin, Callback callback) {
  origin_ = origin;
  callback_ = std::move(callback);
  times_ = {};
  tap_ = nullptr;
  times_.started = net::Clock::now();
  const NetworkConfig& network = config_.network;
  target_ = {origin.host, origin.port};
  if (const auto& other = network.connect_to) {
    target_.host = other->host;
    if (other->port != 0) target_.port = other->port;
  }
  const auto apply_rules = [&network](net::ConnectTarget& target) {
    const auto* addresses = network.addresses_of(target.host, target.port);
    if (addresses != nullptr) target.addresses = *addresses;
  };
  apply_rules(target_);
  net::ConnectTarget next = target_;
  if (network.proxy) {
    next = {network.proxy->host, network.proxy->port};
    apply_rules(next);
  }
  net::ConnectOptions options;
  options.timeout = config_.timeout;
  connector_.connect(next, options, [this](base::Result<net::Connected> result) {
    socket_connected(std::move(result));
  });
}

void Connect::socket_connected(base::Result<net::Connected> result) {
  times_.resolved = connector_.resolved_at();
  const auto& proxy = config_.network.proxy;
  if (!result) {
    fail(connector_.has_timed_out() ? ExitStatus::timeout : ExitStatus::connect,
         (proxy ? "no proxy: " : "") + result.error());
    return;
  }
  if (make_tap_) tap_ = make_tap_(net::Address::local_of(result->fd.get()), result->peer);
  if (proxy) {
    tunnel_through(*proxy, *std::move(result));
  } else {
    begin(*std::move(result));
  }
}

void Connect::tunnel_through(const Proxy& proxy, net::Connected connected) {
  const std::string host =
      target_.addresses.empty() ? target_.host : target_.addresses.front().host();
  begin_stage("the answer of the proxy " + proxy.name());
  auto transport =
      std::make_unique<net::TcpTransport>(loop_, std::move(connected.fd), connected.peer);
  if (tap_) transport->set_tap(tap_);
  tunnel_ = std::make_unique<ProxyTunnel>(std::move(transport), proxy, host, target_.port,
                                          [this](const Failure& failure) {
                                            if (failure.text.empty()) {
                                              begin({tunnel_->release(), tunnel_->peer_address()});
                                            } else {
                                              fail(failure.status, failure.text);
                                            }
                                          });
  tunnel_->start();
}

// The socket leads to the server.
void Connect::begin(net::Connected connected) {
  stage_timer_.stop();
  times_.connected = net::Clock::now();
  if (origin_.scheme == "https") {
    transport_ = tls::TlsTransport::client(loop_, std::move(connected.fd), connected.peer, context_,
                                           tls_settings());
    begin_stage("the TLS handshake");
  } else {
    transport_ =
        std::make_unique<net::TcpTransport>(loop_, std::move(connected.fd), connected.peer);
  }
  if (tap_) transport_->set_tap(std::move(tap_));
  tap_ = nullptr;
  transport_->start(this);
}

void Connect::begin_stage(std::string stage) {
  stage_ = std::move(stage);
  if (config_.timeout.count() > 0) stage_timer_.start(config_.timeout);
}

tls::ClientSettings Connect::tls_settings() const {
  const NetworkConfig& network = config_.network;
  tls::ClientSettings settings;
  settings.server_name = origin_.host;
  settings.sni = network.server_name;
  settings.verify = network.verify_peer      ? tls::VerifyMode::require
                    : network.no_verify_peer ? tls::VerifyMode::none
                                             : tls::VerifyMode::warn;
  return settings;
}

void Connect::on_connected() {
  stage_timer_.stop();
  const auto security = transport_->security();
  if (security && !security->verify_error.empty()) {
    base::log_warning("the certificate of " + origin_.host +
                      " is not to be trusted: " + security->verify_error);
  }
  const std::string reason = refusal();
  if (!reason.empty()) {
    fail(ExitStatus::tls, reason);
    return;
  }
  const Callback callback = std::move(callback_);
  callback(std::move(transport_), {});
}

// Why neither HTTP/2 nor HTTP/1.1 may begin on this transport; empty if one of them may.
std::string Connect::refusal() const {
  const auto security = transport_->security();
  if (!security) return {};
  const bool speaks_http1 = security->alpn.empty() || security->alpn == "http/1.1";
  if (speaks_http1 && config_.network.http1) return {};
  const std::string hint = speaks_http1 ? "; with --http1 it would be asked by HTTP/1.1" : "";
  if (security->alpn.empty()) {
    return "the server chose no protocol by ALPN, hence it does not speak h2" + hint;
  }
  if (security->alpn != "h2") {
    return "the server chose " + base::quote(security->alpn) + " by ALPN instead of h2" + hint;
  }
  if (!security->suits_http2) {
    return "RFC 9113 forbids HTTP/2 on " + security->version + " with " + security->cipher;
  }
  return {};
}

void Connect::on_error(const std::string& reason) {
  // Only a handshake can fail: the socket is connected.
  fail(ExitStatus::tls, reason);
}

void Connect::fail(ExitStatus status, const std::string& reason) {
  stage_timer_.stop();
  // The transport may be the one that is calling: it goes with this object or with the next turn.
  if (transport_) transport_->close();
  if (tunnel_) tunnel_->release();
  const Callback callback = std::move(callback_);
  callback(nullptr, {status, reason});
}

}  // namespace nghttp
