// SPDX-License-Identifier: MIT
// A certificate chain with its private key.
#pragma once

#include <openssl/types.h>

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace tls {

struct X509Free {
  void operator()(X509* certificate) const;
};
struct KeyFree {
  void operator()(EVP_PKEY* key) const;
};
using Certificate = std::unique_ptr<X509, X509Free>;
using PrivateKey = std::unique_ptr<EVP_PKEY, KeyFree>;

// What one end proves itself with.
struct Identity {
  Certificate certificate;
  std::vector<Certificate> chain;  // intermediates, in order, without the root
  PrivateKey key;
};

// Reads PEM files: the certificate file holds the leaf first, then its intermediates. password_file
// ("" for none) holds the key's passphrase in its first line. Errors name the file and the reason;
// a key that does not belong to the certificate is an error.
base::Result<Identity> load_identity(const std::string& certificate_file,
                                     const std::string& key_file,
                                     const std::string& password_file = "");

// The oldest queued OpenSSL error as text ("unknown error" when there is none); empties the queue.
std::string take_openssl_error();

}  // namespace tls
