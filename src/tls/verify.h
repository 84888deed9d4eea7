// SPDX-License-Identifier: MIT
// Judging the peer's certificate (RFC 9110 §4.3.4, RFC 6125).
#pragma once

#include <openssl/types.h>

#include <string>
#include <string_view>

namespace tls {

enum class VerifyMode {
  none,    // do not look at the peer's certificate
  warn,    // look, report in SecurityInfo::verify_error, go on
  require  // end the handshake when it is not trusted
};

// Arms a client connection: chain and host name (or IP address) are to be checked as `mode` says.
// False when `host` cannot be a name to check.
bool set_up_verification(SSL* ssl, std::string_view host, VerifyMode mode);

// Why the peer's certificate is not acceptable, e.g. "self-signed certificate" or "hostname
// mismatch"; "" when it is fine.
std::string verification_error(SSL* ssl);

}  // namespace tls
