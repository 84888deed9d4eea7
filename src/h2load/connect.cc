// SPDX-License-Identifier: MIT
// Reaching the servers of a plan.
#include "h2load/connect.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/text.h"
#include "net/resolver.h"
#include "net/tcp_transport.h"
#include "tls/tls_transport.h"

namespace h2load {

namespace {

constexpr std::chrono::seconds kProbeTimeout{30};

// One connection up to where requests could be sent on it.
class Probe final : private net::TransportHandler {
 public:
  // `source` is an index of the plan's.
  Probe(const Plan& plan, Target& target, std::size_t source)
      : plan_(plan),
        target_(target),
        source_(source),
        resolver_(loop_),
        connector_(loop_, resolver_) {}

  base::Result<void> run() {
    net::ConnectOptions options;
    options.timeout = kProbeTimeout;
    if (!plan_.sources.empty()) options.source = plan_.sources[source_];
    net::Timer limit(loop_, [this] { end("the server did not answer in time"); });
    limit.start(kProbeTimeout);
    began_ = net::Clock::now();
    connector_.connect(where(), options, [this](base::Result<net::Connected> result) {
      socket_connected(std::move(result));
    });
    loop_.run();
    transport_.reset();
    if (!problem_.empty()) return base::Error{target_.origin.origin() + ": " + problem_};
    return {};
  }

 private:
  net::ConnectTarget where() const {
    net::ConnectTarget where;
    where.unix_path = plan_.config.unix_path;
    where.host = target_.origin.host;
    where.port = target_.origin.port;
    if (const auto& instead = plan_.config.connect_to) {
      where.host = instead->host;
      if (instead->port != 0) where.port = instead->port;
    }
    if (!plan_.sources.empty() && where.unix_path.empty()) {
      where.family = plan_.sources.front().family();
    }
    return where;
  }

  void socket_connected(base::Result<net::Connected> result) {
    if (!result) {
      end(result.error());
      return;
    }
    target_.address = result->peer;
    if (!target_.is_secure()) {
      const auto from = std::max(began_, connector_.resolved_at());
      target_.opened =
          std::make_shared<OpenConnection>(std::move(result->fd), net::Clock::now() - from);
      end("");
      return;
    }
    transport_ = make_transport(loop_, plan_, target_, *std::move(result));
    transport_->start(this);
  }

  void on_connected() override {
    const auto kind = choose_protocol(*transport_, plan_.config);
    end(kind ? "" : kind.error());
  }
  void on_readable() override {}
  void on_writable() override {}
  void on_error(const std::string& reason) override { end(reason); }

  void end(std::string problem) {
    problem_ = std::move(problem);
    if (transport_) transport_->close();
    loop_.stop();
  }

  const Plan& plan_;
  Target& target_;
  const std::size_t source_;
  net::Clock::time_point began_;
  net::EventLoop loop_;
  net::Resolver resolver_;
  net::Connector connector_;
  std::unique_ptr<net::Transport> transport_;
  std::string problem_;
};

}  // namespace

std::unique_ptr<net::Transport> make_transport(net::EventLoop& loop, const Plan& plan,
                                               const Target& target, net::Connected connected) {
  if (!target.is_secure()) {
    return std::make_unique<net::TcpTransport>(loop, std::move(connected.fd), connected.peer);
  }
  tls::ClientSettings settings;
  settings.server_name = target.origin.host;
  settings.verify = plan.config.tls.verify_peer ? tls::VerifyMode::require : tls::VerifyMode::none;
  settings.sni = plan.config.tls.sni;
  settings.session = plan.session;
  return tls::TlsTransport::client(loop, std::move(connected.fd), connected.peer, *plan.tls,
                                   std::move(settings));
}

base::Result<ProtocolKind> choose_protocol(const net::Transport& transport, const Config& config) {
  if (!transport.is_secure()) {
    return config.cleartext == CleartextProtocol::h2c ? ProtocolKind::http2 : ProtocolKind::http1;
  }
  const std::string_view alpn = transport.alpn();
  if (alpn == "h2") return ProtocolKind::http2;
  if (alpn == "http/1.1") return ProtocolKind::http1;
  // A server without ALPN speaks HTTP/1.1 (RFC 9113 §3.2), if that is welcome.
  if (!alpn.empty()) {
    return base::Error{"the server chose " + base::quote(alpn) + " by ALPN, which is not known"};
  }
  if (std::ranges::find(config.tls.alpn, "http/1.1") != config.tls.alpn.end()) {
    return ProtocolKind::http1;
  }
  return base::Error{"the server chose none of the protocols offered by ALPN: " +
                     base::join(config.tls.alpn, ", ")};
}

base::Result<void> find_servers(Plan& plan) {
  // The first clients have these numbers.
  for (std::size_t i = 0; i < plan.targets.size(); ++i) {
    Probe probe(plan, plan.targets[i], plan.sources.empty() ? 0 : i % plan.sources.size());
    if (const auto found = probe.run(); !found) return found;
  }
  return {};
}

}  // namespace h2load
