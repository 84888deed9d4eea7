// SPDX-License-Identifier: MIT
// A certificate chain with its private key.
#include "tls/identity.h"

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/file.h"
#include "base/text.h"

namespace tls {

namespace {

// Chains longer than this are a mistake in the file, not something a peer would accept.
constexpr size_t kMaxChain = 64;
constexpr size_t kMaxFileSize = 4 * 1024 * 1024;

struct BioFree {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using Bio = std::unique_ptr<BIO, BioFree>;

// A file's content, wiped when it goes.
struct Secret {
  std::string text;
  ~Secret() { OPENSSL_cleanse(text.data(), text.size()); }
};

Bio make_bio(const std::string& text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

base::Error failure(const char* what, const std::string& file) {
  return {std::string("cannot read the ") + what + " from " + file + ": " + take_openssl_error()};
}

// The end of a PEM file shows as "no start line".
bool at_end_of_pem() {
  const unsigned long code = ERR_peek_last_error();
  return ERR_GET_LIB(code) == ERR_LIB_PEM && ERR_GET_REASON(code) == PEM_R_NO_START_LINE;
}

base::Result<void> load_certificates(Identity& identity, const std::string& file) {
  auto text = base::read_file(file, kMaxFileSize);
  if (!text) return base::Error{text.error()};
  ERR_clear_error();
  const Bio bio = make_bio(*text);
  identity.certificate.reset(PEM_read_bio_X509_AUX(bio.get(), nullptr, nullptr, nullptr));
  if (!identity.certificate) return failure("certificate", file);
  while (identity.chain.size() < kMaxChain) {
    Certificate next(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    if (!next) break;
    identity.chain.push_back(std::move(next));
  }
  if (!at_end_of_pem()) return failure("certificate chain", file);
  ERR_clear_error();
  return {};
}

// pem_password_cb: copies the passphrase given as user data.
int copy_password(char* buffer, int size, int, void* password) {
  const auto& text = static_cast<const Secret*>(password)->text;
  const size_t length = std::min(text.size(), static_cast<size_t>(size));
  std::memcpy(buffer, text.data(), length);
  return static_cast<int>(length);
}

base::Result<void> load_key(Identity& identity, const std::string& file,
                            const std::string& password_file) {
  auto read = base::read_file(file, kMaxFileSize);
  if (!read) return base::Error{read.error()};
  const Secret text{std::move(*read)};
  Secret password;
  if (!password_file.empty()) {
    auto line = base::read_file(password_file, kMaxFileSize);
    if (!line) return base::Error{line.error()};
    password.text = std::move(*line);
    password.text.resize(std::min(password.text.find_first_of("\r\n"), password.text.size()));
  }
  ERR_clear_error();
  const Bio bio = make_bio(text.text);
  // Without a password file OpenSSL's own callback asks on the terminal.
  identity.key.reset(PEM_read_bio_PrivateKey(bio.get(), nullptr,
                                             password_file.empty() ? nullptr : &copy_password,
                                             password_file.empty() ? nullptr : &password));
  if (!identity.key) return failure("private key", file);
  return {};
}

}  // namespace

void X509Free::operator()(X509* certificate) const {
  X509_free(certificate);
}

void KeyFree::operator()(EVP_PKEY* key) const {
  EVP_PKEY_free(key);
}

base::Result<Identity> load_identity(const std::string& certificate_file,
                                     const std::string& key_file,
                                     const std::string& password_file) {
  Identity identity;
  if (auto loaded = load_certificates(identity, certificate_file); !loaded) {
    return base::Error{loaded.error()};
  }
  if (auto loaded = load_key(identity, key_file, password_file); !loaded) {
    return base::Error{loaded.error()};
  }
  if (X509_check_private_key(identity.certificate.get(), identity.key.get()) != 1) {
    return base::Error{"the private key in " + key_file +
                       " does not belong to the certificate in " + certificate_file + ": " +
                       take_openssl_error()};
  }
  return identity;
}

std::string take_openssl_error() {
  const unsigned long code = ERR_get_error();
  ERR_clear_error();
  if (code == 0) return "unknown error";
  if (ERR_SYSTEM_ERROR(code)) return base::error_text(ERR_GET_REASON(code));
  const char* const reason = ERR_reason_error_string(code);
  return reason ? reason : "OpenSSL error " + std::to_string(code);
}

}  // namespace tls
