// SPDX-License-Identifier: MIT
// tls/identity and tls/context: loading, options, and errors that name file and reason.
#include "tls/context.h"

#include <openssl/ssl.h>

#include <cstdlib>
#include <string>
#include <utility>

#include "src_tls/certificates.h"
#include "support/check.h"

namespace {

using test::make_identity;
using test::ScratchFile;
using test::to_pem;

TEST(tls_identity, loads_chain_and_key) {
  const auto root = make_identity({.common_name = "root", .is_ca = true});
  const auto leaf = make_identity({.common_name = "leaf"}, &root);
  const ScratchFile certificate(to_pem(leaf.certificate.get()) + to_pem(root.certificate.get()));
  const ScratchFile key(to_pem(leaf.key.get()));
  const auto loaded = tls::load_identity(certificate.path(), key.path());
  REQUIRE(loaded.ok());
  CHECK_EQ(X509_cmp(loaded->certificate.get(), leaf.certificate.get()), 0);
  CHECK_EQ(loaded->chain.size(), 1u);
}

TEST(tls_identity, password_file) {
  const auto identity = make_identity({});
  const ScratchFile certificate(to_pem(identity.certificate.get()));
  const ScratchFile key(to_pem(identity.key.get(), "open sesame"));
  const ScratchFile right("open sesame\nrest is ignored\n"), wrong("shut\n");
  CHECK(tls::load_identity(certificate.path(), key.path(), right.path()).ok());
  const auto refused = tls::load_identity(certificate.path(), key.path(), wrong.path());
  REQUIRE(!refused.ok());
  CHECK(refused.error().starts_with("cannot read the private key from " + key.path() + ": "));
}

TEST(tls_identity, errors_name_file_and_reason) {
  const auto identity = make_identity({});
  const auto other = make_identity({});
  const ScratchFile certificate(to_pem(identity.certificate.get()));
  const ScratchFile key(to_pem(identity.key.get())), wrong_key(to_pem(other.key.get()));
  const ScratchFile garbage("not PEM at all\n");
  const ScratchFile broken(to_pem(identity.certificate.get()) +
                           "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
  CHECK_STR(tls::load_identity("/no/cert", key.path()).error(),
            "cannot open /no/cert: No such file or directory");
  CHECK_STR(tls::load_identity(certificate.path(), "/no/key").error(),
            "cannot open /no/key: No such file or directory");
  CHECK_STR(tls::load_identity(certificate.path(), key.path(), "/no/pw").error(),
            "cannot open /no/pw: No such file or directory");
  CHECK_STR(tls::load_identity(garbage.path(), key.path()).error(),
            "cannot read the certificate from " + garbage.path() + ": no start line");
  CHECK(tls::load_identity(broken.path(), key.path())
            .error()
            .starts_with("cannot read the certificate chain from " + broken.path() + ": "));
  CHECK(tls::load_identity(certificate.path(), garbage.path())
            .error()
            .starts_with("cannot read the private key from " + garbage.path() + ": "));
  CHECK_STR(tls::load_identity(certificate.path(), wrong_key.path()).error(),
            "the private key in " + wrong_key.path() + " does not belong to the certificate in " +
                certificate.path() + ": key values mismatch");
}

std::string server_error(tls::ContextOptions options) {
  options.identities.push_back(make_identity({}));
  const auto context = tls::Context::for_server(std::move(options));
  return context ? "no error" : context.error();
}

TEST(tls_context, errors_name_the_option) {
  CHECK_STR(server_error({.ciphers = "NONSENSE"}),
            "cannot set up TLS: bad cipher list 'NONSENSE': no cipher match");
  CHECK(server_error({.suites = "NONSENSE"})
            .starts_with("cannot set up TLS: bad TLS 1.3 cipher suites 'NONSENSE': "));
  CHECK(
      server_error({.groups = "P-999"}).starts_with("cannot set up TLS: bad group list 'P-999': "));
  CHECK_STR(server_error({.alpn = {""}}), "bad ALPN identifier '': it must have 1 to 255 bytes");
  CHECK_STR(server_error({.ca_file = "/no/ca"}),
            "cannot read certificates from /no/ca: No such file or directory");
  CHECK_STR(server_error({.dh_params_file = "/no/dh"}),
            "cannot open /no/dh: No such file or directory");
  const ScratchFile garbage("garbage");
  CHECK(server_error({.dh_params_file = garbage.path()})
            .starts_with("cannot read DH parameters from " + garbage.path() + ": "));
  CHECK_STR(server_error({.keylog_file = "/no/key/log"}),
            "cannot open /no/key/log: No such file or directory");
  CHECK_STR(tls::Context::for_server({}).error(),
            "a TLS server needs a certificate and a private key");
  tls::ContextOptions two;
  two.identities.push_back(make_identity({}));
  two.identities.push_back(make_identity({}));
  CHECK_STR(tls::Context::for_client(std::move(two)).error(),
            "a TLS client can have only one certificate");
}

// Every TLS 1.2 and 1.3 suite a default context offers is one HTTP/2 may use.
TEST(tls_context, default_suites_suit_http2) {
  const auto context = tls::Context::for_client({});
  REQUIRE(context.ok());
  CHECK(!context->is_server());
  STACK_OF(SSL_CIPHER)* const ciphers = SSL_CTX_get_ciphers(context->get());
  CHECK(sk_SSL_CIPHER_num(ciphers) > 4);
  for (int i = 0; i < sk_SSL_CIPHER_num(ciphers); ++i) {
    CHECK(tls::suits_http2(sk_SSL_CIPHER_value(ciphers, i)));
  }
}

TEST(tls_context, prohibited_suites_are_recognised) {
  const auto context = tls::Context::for_client({.ciphers = "ALL:@SECLEVEL=0"});
  REQUIRE(context.ok());
  STACK_OF(SSL_CIPHER)* const ciphers = SSL_CTX_get_ciphers(context->get());
  bool saw_cbc = false, saw_static_rsa = false;
  for (int i = 0; i < sk_SSL_CIPHER_num(ciphers); ++i) {
    const SSL_CIPHER* const cipher = sk_SSL_CIPHER_value(ciphers, i);
    const std::string name = SSL_CIPHER_get_name(cipher);
    if (name == "ECDHE-RSA-AES128-SHA") {
      saw_cbc = true;
      CHECK(!tls::suits_http2(cipher));
    }
    if (name == "AES128-GCM-SHA256") {
      saw_static_rsa = true;
      CHECK(!tls::suits_http2(cipher));
    }
    if (name == "ECDHE-RSA-AES128-GCM-SHA256") CHECK(tls::suits_http2(cipher));
  }
  CHECK(saw_cbc);
  CHECK(saw_static_rsa);
}

TEST(tls_context, keylog_file_from_environment) {
  ::setenv("SSLKEYLOGFILE", "/tmp/keys", 1);
  CHECK_STR(tls::keylog_file_from_environment(), "/tmp/keys");
  ::unsetenv("SSLKEYLOGFILE");
  CHECK_STR(tls::keylog_file_from_environment(), "");
}

}  // namespace
