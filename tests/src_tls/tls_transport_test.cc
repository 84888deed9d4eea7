// SPDX-License-Identifier: MIT
// tls/tls_transport: handshakes, data, ends and failures over socket pairs.
#include "tls/tls_transport.h"

#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <utility>

#include "net/tcp_transport.h"
#include "src_net/recording_handler.h"
#include "src_tls/certificates.h"
#include "support/check.h"

namespace {

using namespace std::chrono_literals;
using test::make_identity;
using test::RecordingHandler;
using test::run_until;
using test::share;

// A self-signed server certificate that clients of these tests trust.
const tls::Identity& server_identity() {
  static const tls::Identity kIdentity = make_identity(
      {.common_name = "server", .names = "DNS:example.com,DNS:*.wild.test,IP:127.0.0.1"});
  return kIdentity;
}

struct Setup {
  Setup() {
    server.identities.push_back(share(server_identity()));
    client.trusted.push_back(server_identity().certificate.get());
  }
  tls::ContextOptions client, server;
  tls::ClientSettings settings{.server_name = "example.com"};
  int buffer_size = 0;  // of the sockets; 0: the system's
};

// Both ends of one TLS connection.
struct Pair {
  Pair(net::EventLoop& loop, Setup setup) {
    auto client_context = tls::Context::for_client(std::move(setup.client));
    auto server_context = tls::Context::for_server(std::move(setup.server));
    if (!client_context || !server_context) {
      error = client_context ? server_context.error() : client_context.error();
      return;
    }
    int ends[2] = {-1, -1};
    static_cast<void>(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends));
    for (const int end : ends) {
      if (setup.buffer_size == 0) continue;
      ::setsockopt(end, SOL_SOCKET, SO_SNDBUF, &setup.buffer_size, sizeof(setup.buffer_size));
    }
    client =
        tls::TlsTransport::client(loop, base::Fd(ends[0]), {}, *client_context, setup.settings);
    server = tls::TlsTransport::server(loop, base::Fd(ends[1]), {}, *server_context);
    client_handler = std::make_unique<RecordingHandler>(*client);
    server_handler = std::make_unique<RecordingHandler>(*server);
  }

  void start() {
    client->start(client_handler.get());
    server->start(server_handler.get());
  }

  // Runs until both ends have connected or failed.
  bool settle(net::EventLoop& loop) {
    start();
    const auto settled = [](const RecordingHandler& handler) {
      return handler.saw("connected") || handler.saw("error");
    };
    return run_until(loop, [&] { return settled(*client_handler) && settled(*server_handler); });
  }

  std::string error;
  std::unique_ptr<tls::TlsTransport> client, server;
  std::unique_ptr<RecordingHandler> client_handler, server_handler;
};

TEST(tls_transport, handshake_and_description) {
  net::EventLoop loop;
  Pair pair(loop, {});
  REQUIRE(pair.error.empty());
  CHECK(!pair.client->security());
  CHECK(pair.settle(loop));
  CHECK_STR(pair.client_handler->events, "connected ");
  CHECK_STR(pair.server_handler->events, "connected ");
  CHECK_STR(pair.client->alpn(), "h2");
  CHECK_STR(pair.server->alpn(), "h2");
  CHECK(pair.client->is_secure());
  const auto info = pair.client->security();
  REQUIRE(info.has_value());
  CHECK_STR(info->version, "TLSv1.3");
  CHECK_STR(info->cipher, "TLS_AES_128_GCM_SHA256");
  CHECK_STR(info->key_exchange, "X25519 253 bits");
  CHECK_STR(info->server_name, "example.com");
  CHECK_STR(info->verify_error, "");
  CHECK_STR(info->peer_subject, "CN=server");
  CHECK(info->suits_http2);
  CHECK(!info->resumed);
  const auto seen = pair.server->security();
  REQUIRE(seen.has_value());
  CHECK_STR(seen->server_name, "example.com");
  CHECK_STR(seen->peer_subject, "");
}

TEST(tls_transport, tls12_with_a_nist_group) {
  net::EventLoop loop;
  Setup setup;
  setup.client.max_version = tls::Version::tls1_2;
  setup.server.groups = "P-256";
  Pair pair(loop, std::move(setup));
  CHECK(pair.settle(loop));
  const auto info = pair.client->security();
  REQUIRE(info.has_value());
  CHECK_STR(info->version, "TLSv1.2");
  CHECK_STR(info->cipher, "ECDHE-ECDSA-AES128-GCM-SHA256");
  CHECK_STR(info->key_exchange, "P-256 256 bits");
  CHECK(info->suits_http2);
}

TEST(tls_transport, alpn_choice) {
  struct Row {
    std::vector<std::string> client, server;
    bool required;
    const char* expected;  // "-": the handshake fails
  };
  const Row rows[] = {
      {{"http/1.1", "h2"}, {"h2", "http/1.1"}, false, "h2"},
      {{"h2", "http/1.1"}, {"http/1.1", "h2"}, false, "http/1.1"},
      {{"http/1.1"}, {"h2", "http/1.1"}, true, "http/1.1"},
      {{"spdy/3"}, {"h2"}, false, ""},
      {{"h"}, {"h2"}, false, ""},
      {{"h2"}, {}, false, ""},
      {{}, {"h2"}, true, ""},
      {{"spdy/3"}, {"h2"}, true, "-"},
  };
  for (const Row& row : rows) {
    net::EventLoop loop;
    Setup setup;
    setup.client.alpn = row.client;
    setup.server.alpn = row.server;
    setup.server.alpn_required = row.required;
    Pair pair(loop, std::move(setup));
    CHECK(pair.settle(loop));
    if (std::string_view(row.expected) == "-") {
      CHECK_STR(pair.client_handler->events,
                "error: TLS handshake failed: TLS alert received: no application protocol ");
      continue;
    }
    CHECK_STR(pair.client->alpn(), row.expected);
    CHECK_STR(pair.server->alpn(), row.expected);
  }
}

std::string pattern(size_t size) {
  std::string bytes(size, '\0');
  for (size_t i = 0; i < size; ++i)
    bytes[i] = static_cast<char>(i * 2654435761u >> 13);
  return bytes;
}

TEST(tls_transport, bulk_data_both_ways_and_orderly_end) {
  for (const auto version : {tls::Version::tls1_2, tls::Version::tls1_3}) {
    net::EventLoop loop;
    Setup setup;
    setup.client.max_version = version;
    // Small buffers make partial records and repeated writes common.
    setup.buffer_size = 4096;
    Pair pair(loop, std::move(setup));
    const std::string up = pattern(1500000), down = pattern(1000001);
    pair.client_handler->to_send = up;
    pair.server_handler->to_send = down;
    pair.client_handler->shutdown_after_send = true;
    pair.server_handler->shutdown_after_send = true;
    pair.start();
    CHECK(run_until(loop, [&] {
      return pair.client_handler->saw("closed") && pair.server_handler->saw("closed");
    }));
    CHECK(pair.server_handler->received == up);
    CHECK(pair.client_handler->received == down);
    CHECK_STR(pair.client_handler->events, "connected closed ");
    CHECK_STR(pair.server_handler->events, "connected closed ");
  }
}

// OpenSSL may hold decrypted or unread bytes that the socket does not tell of.
TEST(tls_transport, partial_reads_are_reminded) {
  net::EventLoop loop;
  Pair pair(loop, {});
  const std::string data = pattern(40000);
  pair.client_handler->to_send = data;
  pair.server_handler->read_size = 1000;
  pair.server_handler->read_once = true;
  pair.start();
  CHECK(run_until(loop, [&] { return pair.server_handler->received.size() == data.size(); }));
  CHECK(pair.server_handler->received == data);
}

TEST(tls_transport, pause_and_resume) {
  net::EventLoop loop;
  Pair pair(loop, {});
  pair.server_handler->read_size = 10;
  pair.server_handler->read_once = true;
  pair.client_handler->to_send = pattern(100);
  // Pauses with bytes left inside OpenSSL.
  pair.server_handler->hook = [&] {
    if (!pair.server_handler->received.empty()) pair.server->pause_reading();
  };
  pair.start();
  CHECK(run_until(loop, [&] { return pair.server_handler->received.size() == 10; }));
  loop.run_once(10ms);
  CHECK_EQ(pair.server_handler->received.size(), 10u);
  pair.server_handler->hook = nullptr;
  pair.server->resume_reading();
  CHECK_EQ(pair.server_handler->received.size(), 10u);
  CHECK(run_until(loop, [&] { return pair.server_handler->received.size() == 100; }));
}

TEST(tls_transport, unsent_bytes_leave_without_further_calls) {
  net::EventLoop loop;
  Setup setup;
  setup.buffer_size = 4096;
  Pair pair(loop, std::move(setup));
  CHECK(pair.settle(loop));
  const std::string data = pattern(50000);
  CHECK_EQ(pair.client->net::Transport::write(base::as_bytes(data)).count, data.size());
  CHECK(pair.client->has_unsent());
  CHECK(run_until(loop, [&] { return pair.server_handler->received == data; }));
  CHECK(!pair.client->has_unsent());
}

TEST(tls_transport, many_small_pieces_share_a_record) {
  net::EventLoop loop;
  Pair pair(loop, {});
  CHECK(pair.settle(loop));
  std::vector<std::string> words;
  std::vector<iovec> pieces;
  std::string expected;
  for (int i = 0; i < 500; ++i)
    words.push_back(i % 7 ? std::to_string(i) : "");
  for (auto& word : words) {
    pieces.push_back({word.data(), word.size()});
    expected += word;
  }
  CHECK_EQ(pair.client->write(pieces).count, expected.size());
  CHECK(run_until(loop, [&] { return pair.server_handler->received.size() == expected.size(); }));
  CHECK(pair.server_handler->received == expected);
  CHECK_EQ(pair.server_handler->readable_events, 1u);
}

struct VerifyRow {
  const char* name;
  bool trusted;
  tls::VerifyMode mode;
  const char* handshake_error;  // "" when the handshake succeeds
  const char* verify_error;
};

TEST(tls_transport, certificate_verification) {
  using tls::VerifyMode;
  const VerifyRow rows[] = {
      {"example.com", true, VerifyMode::require, "", ""},
      {"example.com.", true, VerifyMode::require, "", ""},
      {"a.wild.test", true, VerifyMode::require, "", ""},
      {"127.0.0.1", true, VerifyMode::require, "", ""},
      {"a.b.wild.test", true, VerifyMode::require,
       "TLS handshake failed: certificate not trusted: hostname mismatch", ""},
      {"other.com", true, VerifyMode::require,
       "TLS handshake failed: certificate not trusted: hostname mismatch", ""},
      {"127.0.0.2", true, VerifyMode::require,
       "TLS handshake failed: certificate not trusted: IP address mismatch", ""},
      {"example.com", false, VerifyMode::require,
       "TLS handshake failed: certificate not trusted: self-signed certificate", ""},
      {"example.com", false, VerifyMode::warn, "", "self-signed certificate"},
      {"other.com", true, VerifyMode::warn, "", "hostname mismatch"},
      {"other.com", false, VerifyMode::none, "", ""},
      {"", true, VerifyMode::none, "", ""},
      {"", true, VerifyMode::warn, "cannot start TLS: '' is no host name to verify", ""},
  };
  const auto stranger = make_identity({.common_name = "stranger"});
  for (const VerifyRow& row : rows) {
    net::EventLoop loop;
    Setup setup;
    if (!row.trusted) setup.client.trusted = {stranger.certificate.get()};
    setup.settings = {row.name, row.mode};
    Pair pair(loop, std::move(setup));
    REQUIRE(pair.error.empty());
    pair.start();
    const auto& events = pair.client_handler->events;
    CHECK(run_until(loop, [&] { return !events.empty(); }));
    if (*row.handshake_error) {
      CHECK_STR(events, "error: " + std::string(row.handshake_error) + " ");
      continue;
    }
    CHECK_STR(events, "connected ");
    const auto info = pair.client->security();
    REQUIRE(info.has_value());
    CHECK_STR(info->verify_error, row.verify_error);
  }
}

TEST(tls_transport, expired_certificate) {
  net::EventLoop loop;
  const auto expired = make_identity({.names = "DNS:example.com", .from = -7200, .to = -3600});
  Setup setup;
  setup.server.identities.clear();
  setup.server.identities.push_back(share(expired));
  setup.client.trusted = {expired.certificate.get()};
  Pair pair(loop, std::move(setup));
  CHECK(pair.settle(loop));
  CHECK_STR(pair.client_handler->events,
            "error: TLS handshake failed: certificate not trusted: certificate has expired ");
  CHECK_STR(pair.server_handler->events,
            "error: TLS handshake failed: TLS alert received: certificate expired ");
}

TEST(tls_transport, server_name_selects_the_certificate) {
  const auto other = make_identity({.common_name = "other", .names = "DNS:other.test"});
  struct Row {
    const char* name;
    const char* subject;
  };
  for (const Row& row : {Row{"example.com", "CN=server"}, Row{"OTHER.test", "CN=other"},
                         Row{"unknown.test", "CN=server"}, Row{"127.0.0.1", "CN=server"}}) {
    net::EventLoop loop;
    Setup setup;
    setup.server.identities.push_back(share(other));
    setup.settings = {row.name, tls::VerifyMode::none};
    Pair pair(loop, std::move(setup));
    CHECK(pair.settle(loop));
    const auto info = pair.client->security();
    REQUIRE(info.has_value());
    CHECK_STR(info->peer_subject, row.subject);
    CHECK_STR(info->alpn, "h2");
  }
}

struct ClientCertificateRow {
  tls::ClientCertificate mode;
  int certificate;  // 0: none, 1: trusted, 2: untrusted
  bool accepted;
  const char* verify_error;  // as the server sees it
};

TEST(tls_transport, client_certificates) {
  using tls::ClientCertificate;
  const auto trusted = make_identity({.common_name = "client"});
  const auto untrusted = make_identity({.common_name = "client"});
  const ClientCertificateRow rows[] = {
      {ClientCertificate::none, 1, true, ""},
      {ClientCertificate::request, 0, true, "the peer sent no certificate"},
      {ClientCertificate::request, 1, true, ""},
      {ClientCertificate::request, 2, true, "self-signed certificate"},
      {ClientCertificate::demand, 0, false, ""},
      {ClientCertificate::demand, 2, true, "self-signed certificate"},
      {ClientCertificate::verify, 0, false, ""},
      {ClientCertificate::verify, 1, true, ""},
      {ClientCertificate::verify, 2, false, ""},
  };
  for (const auto& row : rows) {
    net::EventLoop loop;
    Setup setup;
    // In TLS 1.3 a client has connected before the server refuses.
    setup.client.max_version = tls::Version::tls1_2;
    setup.server.client_certificate = row.mode;
    setup.server.trusted.push_back(trusted.certificate.get());
    if (row.certificate) {
      setup.client.identities.push_back(share(row.certificate == 1 ? trusted : untrusted));
    }
    Pair pair(loop, std::move(setup));
    CHECK(pair.settle(loop));
    CHECK_EQ(pair.server_handler->saw("connected"), row.accepted);
    CHECK_EQ(pair.client_handler->saw("connected"), row.accepted);
    if (!row.accepted) continue;
    const auto info = pair.server->security();
    REQUIRE(info.has_value());
    CHECK_STR(info->verify_error, row.verify_error);
    const bool asked = row.mode != ClientCertificate::none;
    CHECK_STR(info->peer_subject, asked && row.certificate ? "CN=client" : "");
  }
}

TEST(tls_transport, missing_client_certificate_is_an_alert) {
  net::EventLoop loop;
  Setup setup;
  setup.server.client_certificate = tls::ClientCertificate::demand;
  Pair pair(loop, std::move(setup));
  pair.start();
  CHECK(run_until(loop, [&] { return pair.client_handler->saw("error"); }));
  CHECK_STR(pair.client_handler->events,
            "connected read error: TLS alert received: certificate required ");
  CHECK_STR(pair.server_handler->events,
            "error: TLS handshake failed: TLS error: peer did not return a certificate ");
}

TEST(tls_transport, no_common_version) {
  net::EventLoop loop;
  Setup setup;
  setup.client.max_version = tls::Version::tls1_2;
  setup.server.min_version = tls::Version::tls1_3;
  Pair pair(loop, std::move(setup));
  CHECK(pair.settle(loop));
  CHECK_STR(pair.client_handler->events,
            "error: TLS handshake failed: TLS alert received: protocol version ");
  CHECK_STR(pair.server_handler->events,
            "error: TLS handshake failed: TLS error: unsupported protocol ");
}

// A peer that is a plain socket under the test's control.
struct RawPeer {
  explicit RawPeer(net::EventLoop& loop) {
    tls::ContextOptions options;
    options.identities.push_back(share(server_identity()));
    auto context = tls::Context::for_server(std::move(options));
    int ends[2] = {-1, -1};
    static_cast<void>(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends));
    socket = base::Fd(ends[0]);
    server = tls::TlsTransport::server(loop, base::Fd(ends[1]), {}, *context);
    handler = std::make_unique<RecordingHandler>(*server);
    server->start(handler.get());
  }
  base::Fd socket;
  std::unique_ptr<tls::TlsTransport> server;
  std::unique_ptr<RecordingHandler> handler;
};

TEST(tls_transport, plain_http_and_garbage_are_refused) {
  struct Row {
    const char* sent;
    const char* reason;
  };
  for (const Row& row : {Row{"GET / HTTP/1.1\r\n\r\n", "TLS error: http request"},
                         Row{"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "TLS error: wrong version number"},
                         Row{"", "connection ended without TLS close_notify"}}) {
    net::EventLoop loop;
    RawPeer peer(loop);
    CHECK(base::write_all(peer.socket.get(), base::as_bytes(row.sent)).ok());
    ::shutdown(peer.socket.get(), SHUT_WR);
    CHECK(run_until(loop, [&] { return !peer.handler->events.empty(); }));
    CHECK_STR(peer.handler->events,
              "error: TLS handshake failed: " + std::string(row.reason) + " ");
    uint8_t bytes[8];
    CHECK(peer.server->read(bytes).status == net::IoStatus::error);
    CHECK(peer.server->write(base::as_bytes("x")).status == net::IoStatus::error);
  }
}

// Every bit of a ClientHello may be wrong; the server must end in an orderly way.
TEST(tls_transport, damaged_client_hellos) {
  auto context = tls::Context::for_client({});
  REQUIRE(context.ok());
  SSL* const ssl = SSL_new(context->get());
  BIO* const output = BIO_new(BIO_s_mem());
  SSL_set_bio(ssl, BIO_new(BIO_s_mem()), output);
  SSL_set_connect_state(ssl);
  SSL_do_handshake(ssl);
  char* data = nullptr;
  const long length = BIO_get_mem_data(output, &data);
  const std::string hello(data, static_cast<size_t>(length));
  SSL_free(ssl);
  for (size_t at = 0; at < hello.size(); at += 5) {
    net::EventLoop loop;
    RawPeer peer(loop);
    std::string damaged = hello;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    CHECK(base::write_all(peer.socket.get(), base::as_bytes(damaged)).ok());
    ::shutdown(peer.socket.get(), SHUT_WR);
    CHECK(run_until(loop, [&] { return peer.handler->saw("error"); }));
    CHECK(!peer.handler->saw("connected"));
  }
}

TEST(tls_transport, truncation_is_an_error) {
  net::EventLoop loop;
  Pair pair(loop, {});
  CHECK(pair.settle(loop));
  ::shutdown(pair.client->fd(), SHUT_RDWR);
  CHECK(run_until(loop, [&] { return pair.server_handler->saw("read error"); }));
  CHECK_STR(pair.server_handler->events,
            "connected read error: connection ended without TLS close_notify ");
}

TEST(tls_transport, close_sends_close_notify) {
  net::EventLoop loop;
  Pair pair(loop, {});
  CHECK(pair.settle(loop));
  pair.client->close();
  pair.client->close();
  CHECK(!pair.client->is_open());
  CHECK(run_until(loop, [&] { return pair.server_handler->saw("closed"); }));
  CHECK_STR(pair.server_handler->events, "connected closed ");
  // What was agreed on may still be asked for.
  CHECK_STR(pair.client->alpn(), "h2");
}

TEST(tls_transport, half_close_keeps_reading) {
  net::EventLoop loop;
  Pair pair(loop, {});
  CHECK(pair.settle(loop));
  pair.client->shutdown_write();
  CHECK(run_until(loop, [&] { return pair.server_handler->saw("closed"); }));
  pair.server_handler->to_send = "late answer";
  pair.server_handler->flush();
  CHECK(run_until(loop, [&] { return pair.client_handler->received == "late answer"; }));
}

TEST(tls_transport, destruction_inside_every_event) {
  for (const char* event : {"connected", "read", "closed"}) {
    net::EventLoop loop;
    Pair pair(loop, {});
    pair.client_handler->to_send = pattern(20000);
    pair.client_handler->shutdown_after_send = true;
    pair.server_handler->read_size = 100;
    pair.server_handler->read_once = std::string_view(event) == "read";
    bool done = false;
    pair.server_handler->hook = [&] {
      const bool due = std::string_view(event) == "read" ? !pair.server_handler->received.empty()
                                                         : pair.server_handler->saw(event);
      if (!due) return;
      pair.server.reset();
      pair.server_handler.reset();
      done = true;
    };
    pair.start();
    CHECK(run_until(loop, [&] { return done; }));
  }
}

TEST(tls_transport, destruction_inside_on_error) {
  net::EventLoop loop;
  RawPeer peer(loop);
  peer.handler->hook = [&] {
    peer.server.reset();
    peer.handler.reset();
  };
  peer.socket.reset();
  CHECK(run_until(loop, [&] { return !peer.handler; }));
}

TEST(tls_transport, key_log) {
  const test::ScratchFile log("");
  net::EventLoop loop;
  Setup setup;
  setup.client.keylog_file = log.path();
  Pair pair(loop, std::move(setup));
  CHECK(pair.settle(loop));
  const auto text = base::read_file(log.path());
  REQUIRE(text.ok());
  CHECK(text->find("CLIENT_HANDSHAKE_TRAFFIC_SECRET ") != std::string::npos);
  CHECK(text->ends_with("\n"));
}

TEST(tls_transport, works_with_kernel_tls_requested) {
  net::EventLoop loop;
  Setup setup;
  setup.client.ktls = setup.server.ktls = true;
  Pair pair(loop, std::move(setup));
  const std::string data = pattern(200000);
  pair.client_handler->to_send = data;
  pair.client_handler->shutdown_after_send = true;
  pair.start();
  CHECK(run_until(loop, [&] { return pair.server_handler->saw("closed"); }));
  CHECK(pair.server_handler->received == data);
}

TEST(tls_transport, session_tickets_can_be_off) {
  for (const bool tickets : {true, false}) {
    net::EventLoop loop;
    Setup setup;
    setup.server.session_tickets = tickets;
    Pair pair(loop, std::move(setup));
    pair.server_handler->to_send = "x";
    pair.start();
    CHECK(run_until(loop, [&] { return pair.client_handler->received == "x"; }));
    SSL_SESSION* const session = SSL_get0_session(pair.client->ssl());
    CHECK_EQ(SSL_SESSION_has_ticket(session) == 1, tickets);
  }
}

// Renegotiation is a way to burn a server's time: it is refused.
TEST(tls_transport, renegotiation_is_refused) {
  net::EventLoop loop;
  Setup setup;
  setup.client.max_version = tls::Version::tls1_2;
  Pair pair(loop, std::move(setup));
  CHECK(pair.settle(loop));
  CHECK(SSL_get_options(pair.server->ssl()) & SSL_OP_NO_RENEGOTIATION);
  SSL_clear_options(pair.client->ssl(), SSL_OP_NO_RENEGOTIATION);
  CHECK_EQ(SSL_renegotiate(pair.client->ssl()), 1);
  SSL_do_handshake(pair.client->ssl());
  CHECK(run_until(loop, [&] { return pair.client_handler->saw("error"); }));
  CHECK(pair.client_handler->saw("no renegotiation"));
}

}  // namespace
