// SPDX-License-Identifier: MIT
// Certificates made on the spot for TLS tests.
#pragma once

#include <string>
#include <vector>

#include "tls/identity.h"

namespace test {

struct CertificateOptions {
  std::string common_name = "test";
  // subjectAltName entries in OpenSSL's form, e.g. "DNS:example.com", "IP:127.0.0.1".
  std::string names = {};
  bool is_ca = false;
  // Valid from and to, in seconds from now.
  long from = -3600;
  long to = 3600;
};

// A P-256 key and its certificate, signed by `issuer` or by itself.
tls::Identity make_identity(const CertificateOptions& options,
                            const tls::Identity* issuer = nullptr);

// Another reference to the same objects, as contexts take identities over.
tls::Identity share(const tls::Identity& identity);

// PEM forms.
std::string to_pem(const X509* certificate);
// Encrypted when a password is given.
std::string to_pem(const EVP_PKEY* key, const std::string& password = "");

// A file in a temporary place, removed at the end.
class ScratchFile {
 public:
  explicit ScratchFile(const std::string& content);
  ~ScratchFile();
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace test
