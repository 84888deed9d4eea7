// SPDX-License-Identifier: MIT
// TLS settings shared by many connections: an OpenSSL SSL_CTX made from plain options.
#pragma once

#include <openssl/ssl.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tls/defaults.h"
#include "tls/identity.h"
#include "tls/session.h"

namespace tls {

enum class Version { tls1_2, tls1_3 };

// What a server asks of its clients.
enum class ClientCertificate {
  none,     // nothing
  request,  // a certificate; the handshake goes on without or with an untrusted one
  demand,   // a certificate, trusted or not; the handshake ends without one
  verify    // a trusted certificate; the handshake ends otherwise
};

struct ContextOptions {
  Version min_version = Version::tls1_2;
  Version max_version = Version::tls1_3;
  std::string ciphers = kDefaultCiphers;  // TLS 1.2, OpenSSL syntax
  std::string suites = kDefaultSuites;    // TLS 1.3
  std::string groups = kDefaultGroups;

  // ALPN identifiers by preference. A client offers them. A server picks its first one that the
  // client offers; when there is none in common the connection goes on without ALPN, or ends with
  // a no_application_protocol alert if alpn_required.
  std::vector<std::string> alpn = {"h2", "http/1.1"};
  bool alpn_required = false;

  // Server: the first is the default, the others are chosen by SNI (RFC 6066 §3) when one of their
  // names matches and the first does not. Client: at most one, for client authentication.
  std::vector<Identity> identities = {};

  // Trust anchors in PEM; "" means the system's. `trusted` adds certificates already in memory
  // (references are taken).
  std::string ca_file = {};
  std::vector<X509*> trusted = {};
  // False for a client that does not look at certificates: reading all anchors takes time.
  bool read_system_trust = true;

  std::string dh_params_file = {};  // server: enables DHE suites with these parameters; "" without
  ClientCertificate client_certificate = ClientCertificate::none;  // server

  bool session_tickets = true;
  // Client: the latest session is kept, see Context::latest_session().
  bool keep_sessions = false;
  // How much of what the peer sends OpenSSL takes at once; 0 leaves that to it.
  size_t read_buffer_bytes = 0;
  bool ktls = false;             // let the kernel encrypt where it can
  std::string keylog_file = {};  // NSS key log for debugging; see keylog_file_from_environment()
  // Gets the lines of the key log, too, without their ends.
  std::function<void(std::string_view)> on_key = {};
};

// One SSL_CTX with what it needs. Cheap to copy (shared), usable from several threads at once.
class Context {
 public:
  static base::Result<Context> for_client(ContextOptions options);
  static base::Result<Context> for_server(ContextOptions options);

  SSL_CTX* get() const;
  bool is_server() const;
  // Of all connections of a client; empty if there was none yet.
  Session latest_session() const;

  struct State;  // opaque

 private:
  explicit Context(std::shared_ptr<State> state) : state_(std::move(state)) {}
  static base::Result<Context> build(ContextOptions&& options, bool server);

  std::shared_ptr<State> state_;
};

// $SSLKEYLOGFILE, or "" when unset.
std::string keylog_file_from_environment();

// False for the TLS 1.2 cipher suites that RFC 9113 §9.2.2 and Appendix A prohibit, i.e. those
// without an ephemeral key exchange or without an AEAD.
bool suits_http2(const SSL_CIPHER* cipher);

}  // namespace tls
