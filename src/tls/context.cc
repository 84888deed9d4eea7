// SPDX-License-Identifier: MIT
// TLS settings shared by many connections: an OpenSSL SSL_CTX made from plain options.
#include "tls/context.h"

#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <mutex>
#include <span>
#include <utility>

#include "base/file.h"
#include "base/text.h"

namespace tls {

namespace {

struct ContextFree {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using SslContext = std::unique_ptr<SSL_CTX, ContextFree>;

// Sessions of one server must not be resumed on another kind of service.
constexpr unsigned char kSessionIdContext[] = "nghttp2";

base::Error failure(const std::string& what) {
  return {"cannot set up TLS: " + what + ": " + take_openssl_error()};
}

}  // namespace

// SSL_CTXs do not own what their callbacks use: this does, and each SSL's owner keeps it alive.
struct Context::State {
  std::vector<SslContext> contexts;       // one per identity, at least one
  std::vector<Certificate> certificates;  // of contexts[i], for matching server names
  bool server = false;
  std::string alpn;  // wire form: each identifier after its length
  bool alpn_required = false;
  base::Fd keylog;
  std::function<void(std::string_view)> on_key;
  bool keep_sessions = false;
  mutable std::mutex mutex;
  Session latest_session;

  int choose_alpn(const unsigned char** chosen, unsigned char* chosen_length,
                  std::span<const unsigned char> offered) const;
  void choose_certificate(SSL* ssl, const char* server_name) const;
  base::Result<void> configure(SSL_CTX* context, const ContextOptions& options);
  base::Result<void> configure_algorithms(SSL_CTX* context, const ContextOptions& options) const;
  base::Result<void> configure_trust(SSL_CTX* context, const ContextOptions& options) const;
  void configure_client_certificates(SSL_CTX* context, const ContextOptions& options) const;
  void install_callbacks(SSL_CTX* context);
};

namespace {

int on_alpn(SSL*, const unsigned char** chosen, unsigned char* chosen_length,
            const unsigned char* offered, unsigned int offered_length, void* state) {
  return static_cast<const Context::State*>(state)->choose_alpn(chosen, chosen_length,
                                                                {offered, offered_length});
}

int on_server_name(SSL* ssl, int*, void* state) {
  const char* const name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
  if (!name) return SSL_TLSEXT_ERR_NOACK;
  static_cast<const Context::State*>(state)->choose_certificate(ssl, name);
  return SSL_TLSEXT_ERR_OK;
}

void on_key_line(const SSL* ssl, const char* line) {
  const auto* const state =
      static_cast<const Context::State*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
  if (state->on_key) state->on_key(line);
  if (!state->keylog) return;
  // One write per line keeps lines of several processes apart. A debugging aid that cannot be
  // written must not end connections.
  static_cast<void>(
      base::write_all(state->keylog.get(), base::as_bytes(std::string(line) + "\n")).ok());
}

// OpenSSL's reference is ours when the result is 1.
int on_session(SSL* ssl, SSL_SESSION* session) {
  auto* const state = static_cast<Context::State*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
  Session latest(session);
  const std::lock_guard lock(state->mutex);
  std::swap(state->latest_session, latest);
  return 1;
}

int accept_any_certificate(int, X509_STORE_CTX*) {
  return 1;
}

int version_number(Version version) {
  return version == Version::tls1_3 ? TLS1_3_VERSION : TLS1_2_VERSION;
}

base::Result<std::string> encode_alpn(const std::vector<std::string>& identifiers) {
  std::string wire;
  for (const std::string& identifier : identifiers) {
    if (identifier.empty() || identifier.size() > 255) {
      return base::Error{"bad ALPN identifier " + base::quote(identifier) +
                         ": it must have 1 to 255 bytes"};
    }
    wire += static_cast<char>(identifier.size());
    wire += identifier;
  }
  if (wire.size() > 65535) return base::Error{"too many ALPN identifiers"};
  return wire;
}

base::Result<void> use_identity(SSL_CTX* context, const Identity& identity) {
  ERR_clear_error();
  if (SSL_CTX_use_certificate(context, identity.certificate.get()) != 1) {
    return failure("the certificate is not usable");
  }
  for (const Certificate& certificate : identity.chain) {
    if (SSL_CTX_add1_chain_cert(context, certificate.get()) != 1) {
      return failure("the certificate chain is not usable");
    }
  }
  if (SSL_CTX_use_PrivateKey(context, identity.key.get()) != 1) {
    return failure("the private key is not usable");
  }
  return {};
}

base::Result<void> use_dh_params(SSL_CTX* context, const std::string& file) {
  auto text = base::read_file(file, 1024 * 1024);
  if (!text) return base::Error{text.error()};
  ERR_clear_error();
  BIO* const bio = BIO_new_mem_buf(text->data(), static_cast<int>(text->size()));
  EVP_PKEY* const parameters = bio ? PEM_read_bio_Parameters(bio, nullptr) : nullptr;
  BIO_free(bio);
  if (!parameters) {
    return base::Error{"cannot read DH parameters from " + file + ": " + take_openssl_error()};
  }
  // On success the context owns the parameters.
  if (SSL_CTX_set0_tmp_dh_pkey(context, parameters) != 1) {
    EVP_PKEY_free(parameters);
    return base::Error{"cannot use the DH parameters from " + file + ": " + take_openssl_error()};
  }
  return {};
}

}  // namespace

int Context::State::choose_alpn(const unsigned char** chosen, unsigned char* chosen_length,
                                std::span<const unsigned char> offered) const {
  // Ours by preference, whatever the client's order. OpenSSL has checked the offer's framing.
  for (size_t i = 0; i < alpn.size(); i += 1 + static_cast<uint8_t>(alpn[i])) {
    const std::string_view ours(&alpn[i + 1], static_cast<uint8_t>(alpn[i]));
    for (size_t j = 0; j < offered.size(); j += 1u + offered[j]) {
      const auto theirs =
          offered.subspan(j + 1, std::min<size_t>(offered[j], offered.size() - j - 1));
      if (base::as_text(theirs) != ours) continue;
      *chosen = theirs.data();
      *chosen_length = static_cast<unsigned char>(theirs.size());
      return SSL_TLSEXT_ERR_OK;
    }
  }
  return alpn_required ? SSL_TLSEXT_ERR_ALERT_FATAL : SSL_TLSEXT_ERR_NOACK;
}

void Context::State::choose_certificate(SSL* ssl, const char* server_name) const {
  // The default comes first: it stays when it matches, and when nothing does.
  for (size_t i = 0; i < certificates.size(); ++i) {
    if (X509_check_host(certificates[i].get(), server_name, 0, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS,
                        nullptr) == 1) {
      if (i > 0) SSL_set_SSL_CTX(ssl, contexts[i].get());
      return;
    }
  }
}

base::Result<void> Context::State::configure_algorithms(SSL_CTX* context,
                                                        const ContextOptions& options) const {
  ERR_clear_error();
  if (SSL_CTX_set_min_proto_version(context, version_number(options.min_version)) != 1 ||
      SSL_CTX_set_max_proto_version(context, version_number(options.max_version)) != 1) {
    return failure("the TLS versions are not supported");
  }
  if (SSL_CTX_set_cipher_list(context, options.ciphers.c_str()) != 1) {
    return failure("bad cipher list " + base::quote(options.ciphers));
  }
  if (SSL_CTX_set_ciphersuites(context, options.suites.c_str()) != 1) {
    return failure("bad TLS 1.3 cipher suites " + base::quote(options.suites));
  }
  if (SSL_CTX_set1_groups_list(context, options.groups.c_str()) != 1) {
    return failure("bad group list " + base::quote(options.groups));
  }
  if (!server || options.dh_params_file.empty()) return {};
  return use_dh_params(context, options.dh_params_file);
}

base::Result<void> Context::State::configure_trust(SSL_CTX* context,
                                                   const ContextOptions& options) const {
  ERR_clear_error();
  for (X509* const certificate : options.trusted) {
    if (X509_STORE_add_cert(SSL_CTX_get_cert_store(context), certificate) != 1) {
      return failure("a trusted certificate is not usable");
    }
  }
  if (!options.ca_file.empty()) {
    if (SSL_CTX_load_verify_file(context, options.ca_file.c_str()) != 1) {
      return base::Error{"cannot read certificates from " + options.ca_file + ": " +
                         take_openssl_error()};
    }
  } else if (options.trusted.empty() && options.read_system_trust &&
             SSL_CTX_set_default_verify_paths(context) != 1) {
    return failure("the system's trusted certificates cannot be found");
  }
  return {};
}

void Context::State::configure_client_certificates(SSL_CTX* context,
                                                   const ContextOptions& options) const {
  switch (options.client_certificate) {
    case ClientCertificate::none: return;
    case ClientCertificate::request:
      SSL_CTX_set_verify(context, SSL_VERIFY_PEER, &accept_any_certificate);
      return;
    case ClientCertificate::demand:
      SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
                         &accept_any_certificate);
      return;
    case ClientCertificate::verify: break;
  }
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  // Tells clients which issuers to choose a certificate by.
  if (!options.ca_file.empty()) {
    SSL_CTX_set_client_CA_list(context, SSL_load_client_CA_file(options.ca_file.c_str()));
  }
  for (X509* const certificate : options.trusted)
    SSL_CTX_add_client_CA(context, certificate);
}

void Context::State::install_callbacks(SSL_CTX* context) {
  SSL_CTX_set_app_data(context, this);
  if (keylog || on_key) SSL_CTX_set_keylog_callback(context, &on_key_line);
  if (!server && keep_sessions) {
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, &on_session);
  }
  if (!server) return;
  if (!alpn.empty()) SSL_CTX_set_alpn_select_cb(context, &on_alpn, this);
  SSL_CTX_set_tlsext_servername_callback(context, &on_server_name);
  SSL_CTX_set_tlsext_servername_arg(context, this);
}

base::Result<void> Context::State::configure(SSL_CTX* context, const ContextOptions& options) {
  SSL_CTX_set_options(
      context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  if (options.ktls) {
    SSL_CTX_set_options(context, SSL_OP_ENABLE_KTLS);
  } else {
    // One recv() for a record's header and body, or for many records. The kernel's TLS cannot take
    // over bytes already read.
    SSL_CTX_set_read_ahead(context, 1);
    if (options.read_buffer_bytes > 0) {
      SSL_CTX_set_default_read_buffer_len(context, options.read_buffer_bytes);
    }
  }
  if (auto done = configure_algorithms(context, options); !done) return done;
  if (auto done = configure_trust(context, options); !done) return done;
  install_callbacks(context);
  if (!server) {
    const auto* const wire = reinterpret_cast<const unsigned char*>(alpn.data());
    // Zero means success here.
    if (!alpn.empty() &&
        SSL_CTX_set_alpn_protos(context, wire, static_cast<unsigned>(alpn.size())) != 0) {
      return failure("the ALPN identifiers are not usable");
    }
    return {};
  }
  SSL_CTX_set_session_id_context(context, kSessionIdContext, sizeof(kSessionIdContext) - 1);
  if (!options.session_tickets) {
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(context, 0);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  }
  configure_client_certificates(context, options);
  return {};
}

base::Result<Context> Context::build(ContextOptions&& options, bool server) {
  auto state = std::make_shared<State>();
  state->server = server;
  state->alpn_required = options.alpn_required;
  state->on_key = std::move(options.on_key);
  state->keep_sessions = options.keep_sessions;
  auto alpn = encode_alpn(options.alpn);
  if (!alpn) return base::Error{alpn.error()};
  state->alpn = std::move(*alpn);
  if (!options.keylog_file.empty()) {
    auto file = base::open_file(options.keylog_file, O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (!file) return base::Error{file.error()};
    state->keylog = std::move(*file);
  }
  if (server && options.identities.empty()) {
    return base::Error{"a TLS server needs a certificate and a private key"};
  }
  if (!server && options.identities.size() > 1) {
    return base::Error{"a TLS client can have only one certificate"};
  }
  for (size_t i = 0; i < std::max<size_t>(options.identities.size(), 1); ++i) {
    ERR_clear_error();
    SslContext context(SSL_CTX_new(server ? TLS_server_method() : TLS_client_method()));
    if (!context) return failure("no context");
    if (auto done = state->configure(context.get(), options); !done) {
      return base::Error{done.error()};
    }
    if (i < options.identities.size()) {
      Identity& identity = options.identities[i];
      if (auto done = use_identity(context.get(), identity); !done) {
        return base::Error{done.error()};
      }
      state->certificates.push_back(std::move(identity.certificate));
    }
    state->contexts.push_back(std::move(context));
  }
  return Context(std::move(state));
}

base::Result<Context> Context::for_client(ContextOptions options) {
  return build(std::move(options), false);
}

base::Result<Context> Context::for_server(ContextOptions options) {
  return build(std::move(options), true);
}

SSL_CTX* Context::get() const {
  return state_->contexts.front().get();
}

bool Context::is_server() const {
  return state_->server;
}

Session Context::latest_session() const {
  const std::lock_guard lock(state_->mutex);
  return state_->latest_session;
}

std::string keylog_file_from_environment() {
  return base::environment("SSLKEYLOGFILE");
}

bool suits_http2(const SSL_CIPHER* cipher) {
  const int exchange = SSL_CIPHER_get_kx_nid(cipher);
  // NID_kx_any: TLS 1.3, where every exchange is ephemeral.
  const bool ephemeral =
      exchange == NID_kx_any || exchange == NID_kx_ecdhe || exchange == NID_kx_dhe;
  return ephemeral && SSL_CIPHER_is_aead(cipher);
}

}  // namespace tls
