// SPDX-License-Identifier: MIT
// Judging the peer's certificate (RFC 9110 §4.3.4, RFC 6125).
#include "tls/verify.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "net/address.h"

namespace tls {

bool set_up_verification(SSL* ssl, std::string_view host, VerifyMode mode) {
  // OpenSSL verifies with SSL_VERIFY_NONE, too, and then merely keeps the outcome.
  SSL_set_verify(ssl, mode == VerifyMode::require ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
  if (mode == VerifyMode::none) return true;
  // An embedded NUL would end the name early: it could match another host's certificate.
  if (host.empty() || host.find('\0') != std::string_view::npos) return false;
  X509_VERIFY_PARAM* const parameters = SSL_get0_param(ssl);
  ERR_clear_error();
  if (const auto address = net::Address::from_ip(host, 0)) {
    const std::string plain(host.substr(0, host.find('%')));
    return X509_VERIFY_PARAM_set1_ip_asc(parameters, plain.c_str()) == 1;
  }
  if (host.ends_with('.')) host.remove_suffix(1);
  X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  return X509_VERIFY_PARAM_set1_host(parameters, host.data(), host.size()) == 1;
}

std::string verification_error(SSL* ssl) {
  if (!SSL_get0_peer_certificate(ssl)) return "the peer sent no certificate";
  const long result = SSL_get_verify_result(ssl);
  return result == X509_V_OK ? "" : X509_verify_cert_error_string(result);
}

}  // namespace tls
