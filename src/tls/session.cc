// SPDX-License-Identifier: MIT
// A TLS session of an earlier connection, for the next one to resume.
#include "tls/session.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <sys/stat.h>

#include <cerrno>

#include "base/file.h"
#include "tls/identity.h"

namespace tls {

namespace {

constexpr std::size_t kMaxFileBytes = 1024 * 1024;

struct BioFree {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using BioPtr = std::unique_ptr<BIO, BioFree>;

}  // namespace

Session::Session(SSL_SESSION* session) : session_(session, &SSL_SESSION_free) {}

base::Result<Session> Session::load(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 && errno == ENOENT) return Session();
  const auto text = base::read_file(path, kMaxFileBytes);
  if (!text) return base::Error{text.error()};
  ERR_clear_error();
  const BioPtr bio(BIO_new_mem_buf(text->data(), static_cast<int>(text->size())));
  SSL_SESSION* const session =
      bio ? PEM_read_bio_SSL_SESSION(bio.get(), nullptr, nullptr, nullptr) : nullptr;
  if (!session) {
    return base::Error{"cannot read a TLS session from " + path + ": " + take_openssl_error()};
  }
  return Session(session);
}

base::Result<void> Session::save(const std::string& path) const {
  ERR_clear_error();
  const BioPtr bio(BIO_new(BIO_s_mem()));
  if (!bio || PEM_write_bio_SSL_SESSION(bio.get(), session_.get()) != 1) {
    return base::Error{"cannot write the TLS session: " + take_openssl_error()};
  }
  char* data = nullptr;
  const long length = BIO_get_mem_data(bio.get(), &data);
  // Whoever has the session can read what it protects.
  return base::write_file(path, {data, static_cast<std::size_t>(length)}, 0600);
}

SSL_SESSION* Session::copy() const {
  return session_ ? SSL_SESSION_dup(session_.get()) : nullptr;
}

}  // namespace tls
