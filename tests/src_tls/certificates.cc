// SPDX-License-Identifier: MIT
// Certificates made on the spot for TLS tests.
#include "src_tls/certificates.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>

#include "base/file.h"
#include "base/random.h"
#include "base/text.h"

namespace test {

namespace {

void require(bool fine, const char* what) {
  if (!fine) throw std::runtime_error(std::string(what) + ": " + tls::take_openssl_error());
}

void add_extension(X509* certificate, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  require(extension && X509_add_ext(certificate, extension, -1) == 1, "extension");
  X509_EXTENSION_free(extension);
}

template <class Write>
std::string write_pem(Write write) {
  BIO* const bio = BIO_new(BIO_s_mem());
  require(bio && write(bio) == 1, "PEM");
  char* data = nullptr;
  const long length = BIO_get_mem_data(bio, &data);
  std::string text(data, static_cast<size_t>(length));
  BIO_free(bio);
  return text;
}

}  // namespace

tls::Identity make_identity(const CertificateOptions& options, const tls::Identity* issuer) {
  tls::Identity identity;
  identity.key.reset(EVP_EC_gen("P-256"));
  identity.certificate.reset(X509_new());
  X509* const certificate = identity.certificate.get();
  require(identity.key && certificate, "new certificate");
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), base::random_below(1u << 30) + 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), options.from);
  X509_gmtime_adj(X509_getm_notAfter(certificate), options.to);
  X509_set_pubkey(certificate, identity.key.get());
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(options.common_name.c_str()),
                             -1, -1, 0);
  const X509* const signer = issuer ? issuer->certificate.get() : certificate;
  X509_set_issuer_name(certificate, X509_get_subject_name(signer));
  if (options.is_ca) add_extension(certificate, NID_basic_constraints, "critical,CA:TRUE");
  if (!options.names.empty()) add_extension(certificate, NID_subject_alt_name, options.names);
  EVP_PKEY* const signing_key = issuer ? issuer->key.get() : identity.key.get();
  require(X509_sign(certificate, signing_key, EVP_sha256()) > 0, "sign");
  return identity;
}

tls::Identity share(const tls::Identity& identity) {
  tls::Identity copy;
  X509_up_ref(identity.certificate.get());
  copy.certificate.reset(identity.certificate.get());
  EVP_PKEY_up_ref(identity.key.get());
  copy.key.reset(identity.key.get());
  for (const auto& certificate : identity.chain) {
    X509_up_ref(certificate.get());
    copy.chain.emplace_back(certificate.get());
  }
  return copy;
}

std::string to_pem(const X509* certificate) {
  return write_pem([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate); });
}

std::string to_pem(const EVP_PKEY* key, const std::string& password) {
  const EVP_CIPHER* const cipher = password.empty() ? nullptr : EVP_aes_128_cbc();
  return write_pem([&](BIO* bio) {
    return PEM_write_bio_PKCS8PrivateKey(bio, key, cipher, password.data(),
                                         static_cast<int>(password.size()), nullptr, nullptr);
  });
}

ScratchFile::ScratchFile(const std::string& content) {
  auto file = base::create_temp_file("/tmp/nghttp2-test-");
  if (!file) throw std::runtime_error(file.error());
  path_ = file->path;
  if (auto written = base::write_all(file->fd.get(), base::as_bytes(content)); !written) {
    throw std::runtime_error(written.error());
  }
}

ScratchFile::~ScratchFile() {
  ::unlink(path_.c_str());
}

}  // namespace test
