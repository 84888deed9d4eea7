// SPDX-License-Identifier: MIT
// What is offered by TLS unless something else is asked for, in OpenSSL's syntax.
#pragma once

namespace tls {

// Ephemeral key exchange and an AEAD: nothing from the list RFC 9113 §9.2.2 prohibits for HTTP/2.
inline constexpr const char kDefaultCiphers[] =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"
    "DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384";
inline constexpr const char kDefaultSuites[] =
    "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
inline constexpr const char kDefaultGroups[] = "X25519:P-256:P-384:P-521";

}  // namespace tls
