// SPDX-License-Identifier: MIT
// From an origin to a transport on which HTTP/2 can begin.
#include "nghttp/connect.h"

#include <utility>

#include "base/log.h"
#include "base/number.h"
#include "base/text.h"
#include "net/tcp_transport.h"
#include "tls/tls_transport.h"

namespace nghttp {

Connect::Connect(net::EventLoop& loop, net::Resolver& resolver, const tls::Context& context,
                 const Config& config)
    : loop_(loop),
      context_(context),
      config_(config),
      connector_(loop, resolver),
      handshake_timer_(loop, [this] {
        fail("the TLS handshake timed out after " + base::format_duration(config_.timeout));
      }) {}

void Connect::start(const base::Url& origin, Callback callback) {
  origin_ = origin;
  callback_ = std::move(callback);
  times_.started = net::Clock::now();
  net::ConnectTarget target;
  target.host = origin.host;
  target.port = origin.port;
  net::ConnectOptions options;
  options.timeout = config_.timeout;
  connector_.connect(target, options, [this](base::Result<net::Connected> result) {
    socket_connected(std::move(result));
  });
}

void Connect::socket_connected(base::Result<net::Connected> result) {
  times_.resolved = connector_.resolved_at();
  if (!result) {
    fail(result.error());
    return;
  }
  times_.connected = net::Clock::now();
  if (origin_.scheme == "https") {
    tls::ClientSettings settings;
    settings.server_name = origin_.host;
    settings.verify = config_.no_verify_peer ? tls::VerifyMode::none : tls::VerifyMode::warn;
    transport_ = tls::TlsTransport::client(loop_, std::move(result->fd), result->peer, context_,
                                           std::move(settings));
    if (config_.timeout.count() > 0) handshake_timer_.start(config_.timeout);
  } else {
    transport_ = std::make_unique<net::TcpTransport>(loop_, std::move(result->fd), result->peer);
  }
  transport_->start(this);
}

void Connect::on_connected() {
  handshake_timer_.stop();
  const auto security = transport_->security();
  if (security && !security->verify_error.empty()) {
    base::log_warning("the certificate of " + origin_.host +
                      " is not to be trusted: " + security->verify_error);
  }
  const std::string reason = refusal();
  if (!reason.empty()) {
    fail(reason);
    return;
  }
  const Callback callback = std::move(callback_);
  callback(std::move(transport_), {});
}

// Why HTTP/2 must not begin on this transport; empty if it may.
std::string Connect::refusal() const {
  const auto security = transport_->security();
  if (!security) return {};
  if (security->alpn.empty()) {
    return "the server chose no protocol by ALPN, hence it does not speak h2";
  }
  if (security->alpn != "h2") {
    return "the server chose " + base::quote(security->alpn) + " by ALPN instead of h2";
  }
  if (!security->suits_http2) {
    return "RFC 9113 forbids HTTP/2 on " + security->version + " with " + security->cipher;
  }
  return {};
}

void Connect::on_error(const std::string& reason) {
  fail(reason);
}

void Connect::fail(const std::string& reason) {
  handshake_timer_.stop();
  // The transport may be the one that is calling: it goes with this object or with the next turn.
  if (transport_) transport_->close();
  const Callback callback = std::move(callback_);
  callback(nullptr, reason);
}

}  // namespace nghttp
