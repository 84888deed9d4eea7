// SPDX-License-Identifier: MIT
// One client of nghttpd: the TLS handshake, then an HTTP/2 connection.
#include "nghttpd/peer.h"

#include <algorithm>
#include <cstdio>

#include "base/log.h"
#include "base/recycled.h"
#include "base/text.h"
#include "nghttpd/echo_upload.h"
#include "nghttpd/fault_stream.h"
#include "nghttpd/file_responder.h"
#include "nghttpd/logged_stream.h"

namespace nghttpd {

namespace {

std::uint32_t window_size(int bits) {
  return (std::uint32_t{1} << bits) - 1;
}

std::vector<nghttp2_settings_entry> settings_for(const Config& config) {
  std::vector<nghttp2_settings_entry> settings;
  settings.push_back({NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, config.max_concurrent_streams});
  if (config.header_table_size) {
    settings.push_back({NGHTTP2_SETTINGS_HEADER_TABLE_SIZE, *config.header_table_size});
  }
  if (config.window_bits) {
    settings.push_back({NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, window_size(*config.window_bits)});
  }
  settings.push_back({NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, 1});
  return settings;
}

// A request that passes the limit by not too much is to be read to its end, for an answer.
std::size_t continuations_for(std::size_t field_bytes) {
  constexpr std::size_t kFrameBytes = 16 * 1024;
  return std::max<std::size_t>(8, 2 * field_bytes / kFrameBytes);
}

std::shared_ptr<const ClientFacts> facts_of(const net::Transport& transport, std::uint64_t id) {
  auto facts = std::make_shared<ClientFacts>();
  facts->connection = id;
  facts->address = transport.peer_address().host();
  facts->port = transport.peer_address().port();
  if (const auto security = transport.security()) {
    facts->tls_version = security->version;
    facts->tls_cipher = security->cipher;
  }
  return facts;
}

http2::ConnectionConfig connection_config_for(const Config& config) {
  http2::ConnectionConfig to;
  to.settings = settings_for(config);
  if (config.connection_window_bits) {
    to.connection_window = window_size(*config.connection_window_bits);
  }
  if (config.encoder_header_table_size) {
    to.session.max_encoder_table_bytes = *config.encoder_header_table_size;
  }
  to.padding = config.padding;
  to.stream_read_timeout = config.stream_timeout;
  to.stream_write_timeout = config.stream_timeout;
  to.settings_timeout = config.handshake_timeout;
  to.idle_timeout = config.idle_timeout;
  to.max_field_section_bytes = config.request_field_bytes;
  to.max_fields = config.max_request_fields;
  to.session.max_continuations = continuations_for(config.request_field_bytes);
  if (config.hexdump) {
    to.on_raw_input = [](http::Bytes input) {
      const std::string dump = base::hex_dump(input);
      std::fwrite(dump.data(), 1, dump.size(), stdout);
      std::fflush(stdout);
    };
  }
  return to;
}

}  // namespace

Peer::Peer(Worker& worker, std::unique_ptr<net::Transport> transport, std::uint64_t id)
    : worker_(worker), transport_(std::move(transport)), id_(id) {
  const Config& config = worker_.service_.config();
  if (!config.verbose) return;
  http2::FrameLogOptions options;
  options.colour = config.colour;
  options.prefix = "[id=" + std::to_string(id) + "] ";
  options.start = worker_.parts_.started;
  log_ = std::make_shared<http2::FrameLog>(std::move(options));
}

void Peer::start() {
  const auto limit = worker_.service_.config().handshake_timeout;
  if (limit.count() > 0) {
    handshake_timer_.start(worker_.loop_, limit,
                           [this] { remove("the TLS handshake took too long"); });
  }
  transport_->start(this);
}

void Peer::shut_down() {
  if (connection_) {
    connection_->shut_down();
  } else {
    remove("the server shuts down");
  }
}

void Peer::on_connected() {
  handshake_timer_.stop();
  const std::string reason = refusal();
  if (!reason.empty()) {
    remove(reason);
    return;
  }
  if (worker_.access_log_) client_facts_ = facts_of(*transport_, id_);
  if (log_ && transport_->is_secure()) {
    log_->note("The negotiated protocol: " + std::string(transport_->alpn()));
  }
  connection_ = http2::ServerConnection::create(worker_.loop_, std::move(transport_),
                                                connection_config(), *this);
  connection_->start();
}

// Why a client that has finished its handshake is turned away; empty when it is welcome.
std::string Peer::refusal() const {
  const auto security = transport_->security();
  if (!security) return {};
  if (transport_->alpn() != "h2") {
    return "refused: the client did not offer h2 by ALPN, and this server speaks HTTP/2 only";
  }
  if (!security->suits_http2) {
    return "refused: " + security->version + " with " + security->cipher +
           " is too weak for HTTP/2";
  }
  return {};
}

// All connections of a worker share theirs, unless each writes a trace of its own.
http2::SharedConfig Peer::connection_config() {
  http2::SharedConfig& shared = worker_.service_.connection_config();
  if (shared == nullptr) {
    shared =
        std::make_shared<http2::ConnectionConfig>(connection_config_for(worker_.service_.config()));
  }
  if (log_ == nullptr) return shared;
  auto own = std::make_shared<http2::ConnectionConfig>(*shared);
  own->log = log_;
  return own;
}

void Peer::on_error(const std::string& reason) {
  // Whoever demands certificates needs to know why a client was turned away.
  if (worker_.service_.config().verify_client) {
    base::log_warning("refused " + transport_->peer_address().to_string() + ": " +
                      base::escape(reason));
  }
  remove(reason);
}

void Peer::on_request(http2::ServerConnection&, const http::Head& head, http::StreamPtr stream) {
  stream = equip(head, std::move(stream));
  http::Stream& present = *stream;
  present.receive_with(make_responder(head, std::move(stream)));
}

void Peer::on_large_request(http2::ServerConnection&, const http::Head& head,
                            http::StreamPtr stream) {
  if (worker_.access_log_) stream = with_log(head, std::move(stream));
  const auto responder = base::make_recycled<FileResponder>(worker_.service_, *this, stream, log_,
                                                            connection_->event_time());
  stream->receive_with(responder);
  responder->refuse(head, 431);
}

void Peer::serve_promise(http::Head&& request, http::StreamPtr stream) {
  stream = equip(request, std::move(stream));
  const auto responder = make_responder(request, stream);
  stream->receive_with(responder);
  responder->on_head(std::move(request), http::End::yes);
}

std::shared_ptr<http::Receiver> Peer::make_responder(const http::Head& request,
                                                     http::StreamPtr stream) {
  Service& service = worker_.service_;
  if (service.config().echo_upload && (request.method == "POST" || request.method == "PUT")) {
    return std::make_shared<EchoUpload>(service, std::move(stream), log_);
  }
  return base::make_recycled<FileResponder>(service, *this, std::move(stream), log_,
                                            connection_->event_time());
}

http::StreamPtr Peer::equip(const http::Head& request, http::StreamPtr stream) {
  if (worker_.access_log_) stream = with_log(request, std::move(stream));
  if (!worker_.service_.config().faults.empty()) stream = with_faults(request, std::move(stream));
  return stream;
}

http::StreamPtr Peer::with_log(const http::Head& request, http::StreamPtr stream) {
  AccessEntry entry = AccessEntry::of(request);
  entry.client = client_facts_;
  // RFC 9113 §5.1.1: streams with even numbers are the server's.
  entry.is_pushed = stream->id() % 2 == 0;
  return std::make_shared<LoggedStream>(std::move(stream), std::move(entry), *worker_.access_log_);
}

http::StreamPtr Peer::with_faults(const http::Head& request, http::StreamPtr stream) {
  const std::string path = "/" + file_path(request.path).value_or("");
  count_for_goaway(path);
  auto plan = plan_faults(worker_.service_.config().faults, path);
  if (!plan) return stream;
  return std::make_shared<FaultStream>(std::move(stream), *std::move(plan), worker_.loop_,
                                       worker_.parts_.started,
                                       [this](http::Bytes octets) { connection_->inject(octets); });
}

void Peer::count_for_goaway(const std::string& path) {
  const FaultRules& rules = worker_.service_.config().faults;
  fault_counts_.resize(rules.size());
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const auto& goaway = rules[i].goaway;
    if (!goaway || !matches_glob(rules[i].glob, path)) continue;
    if (++fault_counts_[i] == goaway->requests) connection_->go_away(goaway->code);
  }
}

void Peer::on_closed(http2::ServerConnection&, const http::Reason& reason) {
  remove(reason.kind == http::ReasonKind::closed && reason.code == 0 ? "" : reason.text);
}

void Peer::note(const std::string& text) {
  if (log_) log_->note(text);
}

void Peer::remove(const std::string& reason) {
  note(reason.empty() ? "closed" : "closed: " + base::escape(reason));
  worker_.remove(id_);
}

}  // namespace nghttpd
