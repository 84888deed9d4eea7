// SPDX-License-Identifier: MIT
// Transport over TLS: OpenSSL on a non-blocking socket.
#include "tls/tls_transport.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstring>
#include <utility>

#include "base/text.h"
#include "net/tcp_transport.h"

namespace tls {

using net::IoResult;
using net::IoStatus;

namespace {

// The most plaintext one record holds (RFC 8446 §5.1).
constexpr size_t kRecordSize = 16 * 1024;
// The most bytes one write() call moves, so that a fast peer cannot hold the loop.
constexpr size_t kMaxWrite = 1024 * 1024;
constexpr char kTruncated[] = "connection ended without TLS close_notify";

std::string describe_key(EVP_PKEY* key) {
  char group[64] = "";
  std::string name;
  if (EVP_PKEY_get_base_id(key) == EVP_PKEY_EC &&
      EVP_PKEY_get_group_name(key, group, sizeof(group), nullptr) == 1) {
    // OpenSSL says prime256v1 where everyone else says P-256.
    const char* const nist = EC_curve_nid2nist(OBJ_sn2nid(group));
    name = nist ? nist : group;
  } else if (const char* const type = EVP_PKEY_get0_type_name(key)) {
    name = type;
  }
  return name + " " + std::to_string(EVP_PKEY_get_bits(key)) + " bits";
}

std::string describe_subject(X509* certificate) {
  BIO* const bio = BIO_new(BIO_s_mem());
  if (!bio) return {};
  std::string text;
  if (X509_NAME_print_ex(bio, X509_get_subject_name(certificate), 0, XN_FLAG_RFC2253) >= 0) {
    char* data = nullptr;
    const long length = BIO_get_mem_data(bio, &data);
    if (length > 0) text.assign(data, static_cast<size_t>(length));
  }
  BIO_free(bio);
  return text;
}

// Copies the front of the pieces into one record's worth of bytes.
size_t gather(std::span<const iovec> pieces, size_t offset, std::span<uint8_t> target) {
  size_t copied = 0;
  for (const iovec& piece : pieces) {
    const size_t n = std::min(piece.iov_len - offset, target.size() - copied);
    if (n > 0)
      std::memcpy(target.data() + copied, static_cast<uint8_t*>(piece.iov_base) + offset, n);
    copied += n;
    offset = 0;
    if (copied == target.size()) break;
  }
  return copied;
}

// RFC 8446 §6, with the alerts that OpenSSL 3.0 has no words for.
std::string describe_alert(int alert) {
  switch (alert) {
    case TLS13_AD_MISSING_EXTENSION: return "missing extension";
    case TLS13_AD_CERTIFICATE_REQUIRED: return "certificate required";
    default: break;
  }
  const std::string text = SSL_alert_desc_string_long(alert);
  return text == "unknown" ? "number " + std::to_string(alert) : text;
}

// What the queued OpenSSL error says about the connection.
std::string describe_ssl_error(SSL* ssl) {
  const unsigned long code = ERR_peek_error();
  const int reason = ERR_GET_REASON(code);
  const bool is_ssl = ERR_GET_LIB(code) == ERR_LIB_SSL;
  if (is_ssl && reason == SSL_R_UNEXPECTED_EOF_WHILE_READING) return kTruncated;
  if (is_ssl && reason > SSL_AD_REASON_OFFSET && reason <= SSL_AD_REASON_OFFSET + 255) {
    return "TLS alert received: " + describe_alert(reason - SSL_AD_REASON_OFFSET);
  }
  if (is_ssl && reason == SSL_R_CERTIFICATE_VERIFY_FAILED) {
    return std::string("certificate not trusted: ") +
           X509_verify_cert_error_string(SSL_get_verify_result(ssl));
  }
  return "TLS error: " + take_openssl_error();
}

// A BIO's callback: what it has moved is shown to the tap.
long show_moved(BIO* bio, int operation, const char* octets, size_t, int, long, int result,
                size_t* count) {
  const bool has_read = operation == (BIO_CB_READ | BIO_CB_RETURN);
  const bool has_written = operation == (BIO_CB_WRITE | BIO_CB_RETURN);
  if ((has_read || has_written) && result > 0 && count != nullptr) {
    auto* const tap = reinterpret_cast<net::SocketTap*>(BIO_get_callback_arg(bio));
    const std::span<const uint8_t> moved(reinterpret_cast<const uint8_t*>(octets), *count);
    has_read ? tap->received(moved) : tap->sent(moved);
  }
  return result;
}

}  // namespace

void TlsTransport::SslFree::operator()(SSL* ssl) const {
  SSL_free(ssl);
}

TlsTransport::TlsTransport(net::EventLoop& loop, base::Fd fd, net::Address peer,
                           const Context& context)
    : loop_(loop), context_(context), fd_(std::move(fd)), peer_(std::move(peer)), io_(fd_.get()) {
  if (peer_.is_ip()) net::set_no_delay(fd_.get());
  ERR_clear_error();
  ssl_.reset(SSL_new(context_.get()));
  if (!ssl_ || !connect_bio()) {
    set_error("cannot start TLS: " + take_openssl_error());
    phase_ = Phase::broken;
  }
}

bool TlsTransport::connect_bio() {
  // The kernel's TLS needs the socket itself.
  if ((SSL_get_options(ssl_.get()) & SSL_OP_ENABLE_KTLS) != 0) {
    return SSL_set_fd(ssl_.get(), fd_.get()) == 1;
  }
  BIO* const bio = RecordIo::shared_bio();
  if (!bio) return false;
  SSL_set_bio(ssl_.get(), bio, bio);
  return true;
}

std::unique_ptr<TlsTransport> TlsTransport::client(net::EventLoop& loop, base::Fd fd,
                                                   net::Address peer, const Context& context,
                                                   ClientSettings settings) {
  std::unique_ptr<TlsTransport> transport(
      new TlsTransport(loop, std::move(fd), std::move(peer), context));
  if (transport->phase_ == Phase::broken) return transport;
  const std::string error = transport->set_up(settings);
  if (!error.empty()) {
    transport->set_error(error);
    transport->phase_ = Phase::broken;
  }
  return transport;
}

std::unique_ptr<TlsTransport> TlsTransport::server(net::EventLoop& loop, base::Fd fd,
                                                   net::Address peer, const Context& context) {
  std::unique_ptr<TlsTransport> transport(
      new TlsTransport(loop, std::move(fd), std::move(peer), context));
  if (transport->phase_ == Phase::broken) return transport;
  SSL_set_accept_state(transport->ssl_.get());
  if (SSL_get_verify_mode(transport->ssl_.get()) != SSL_VERIFY_NONE) {
    transport->verify_ = VerifyMode::warn;
  }
  return transport;
}

TlsTransport::~TlsTransport() {
  close();
}

// Prepares a client; "" or what is wrong.
std::string TlsTransport::set_up(const ClientSettings& settings) {
  SSL_set_connect_state(ssl_.get());
  verify_ = settings.verify;
  if (!set_up_verification(ssl_.get(), settings.server_name, verify_)) {
    return "cannot start TLS: " + base::quote(settings.server_name) + " is no host name to verify";
  }
  if (SSL_SESSION* const session = settings.session.copy()) {
    // A session that does not fit is no reason to fail: the handshake is a full one then.
    static_cast<void>(SSL_set_session(ssl_.get(), session));
    SSL_SESSION_free(session);
  }
  std::string name = settings.sni.value_or(settings.server_name);
  // SNI is for DNS names without a final dot (RFC 6066 §3).
  if (name.ends_with('.')) name.pop_back();
  if (name.empty() || net::Address::from_ip(name, 0)) return {};
  ERR_clear_error();
  if (SSL_set_tlsext_host_name(ssl_.get(), name.c_str()) != 1) {
    return "cannot start TLS: " + base::quote(name) + ": " + take_openssl_error();
  }
  return {};
}

void TlsTransport::set_tap(std::shared_ptr<net::SocketTap> tap) {
  if (!ssl_ || !tap) return;
  tap_ = std::move(tap);
  BIO* const bio = RecordIo::own_bio();
  if (!bio) return;
  SSL_set_bio(ssl_.get(), bio, bio);
  BIO_set_callback_ex(bio, &show_moved);
  BIO_set_callback_arg(bio, reinterpret_cast<char*>(tap_.get()));
}

void TlsTransport::start(net::TransportHandler* handler) {
  handler_ = handler;
  if (phase_ != Phase::broken) {
    watch_ = std::make_unique<net::FdEvents>(loop_, fd_.get(),
                                             static_cast<net::FdEvents::Handler&>(*this));
  }
  resume_later();
}

void TlsTransport::resume_later() {
  again_.start(loop_, std::chrono::nanoseconds::zero(), [this] {
    again_.stop();
    resume();
  });
}

void TlsTransport::resume() {
  switch (phase_) {
    case Phase::handshake: continue_handshake(); return;
    case Phase::open: deliver_readable(); return;
    // Broken before the start; later failures stop the timer.
    case Phase::broken: handler_->on_error(error_text()); return;
  }
}

void TlsTransport::continue_handshake() {
  ERR_clear_error();
  errno = 0;
  io_.use(ssl_.get());
  const int result = SSL_do_handshake(ssl_.get());
  const int error_number = errno;
  if (result == 1) {
    phase_ = Phase::open;
    // The peer's first data may have come along with its last handshake message.
    read_drained_ = false;
    update_watch();
    if (reading_ && has_unread_bytes()) resume_later();
    const net::Lifeline::Watch alive(lifeline_);
    handler_->on_connected();
    if (!alive.is_gone() && context_.is_server()) forget_handshake();
    return;
  }
  const int ssl_error = SSL_get_error(ssl_.get(), result);
  if (ssl_error == SSL_ERROR_WANT_READ || ssl_error == SSL_ERROR_WANT_WRITE) {
    watch_->want_read(ssl_error == SSL_ERROR_WANT_READ);
    watch_->want_write(ssl_error == SSL_ERROR_WANT_WRITE);
    return;
  }
  fail(ssl_error, error_number);
  set_error("TLS handshake failed: " + error_text());
  handler_->on_error(error_text());
}

// The ephemeral keys of the key exchange stay with OpenSSL as long as the connection does: half a
// kilobyte, and what the secrecy of everything that has been said may hang on. Servers have many
// connections, and ask for the name of the exchange in on_connected() if at all.
void TlsTransport::forget_handshake() {
  ERR_clear_error();
  EVP_PKEY* key = nullptr;
  if (SSL_get_tmp_key(ssl_.get(), &key) == 1) {
    EVP_PKEY_set_type(key, EVP_PKEY_HMAC);
    EVP_PKEY_free(key);
  }
  if (SSL_get_peer_tmp_key(ssl_.get(), &key) == 1) {
    EVP_PKEY_set_type(key, EVP_PKEY_HMAC);
    EVP_PKEY_free(key);
  }
  ERR_clear_error();
}

bool TlsTransport::has_unread_bytes() const {
  return !read_drained_ && (io_.has_input() || SSL_has_pending(ssl_.get()) == 1);
}

void TlsTransport::update_watch() {
  if (!watch_ || phase_ == Phase::handshake) return;
  const bool open = phase_ == Phase::open;
  watch_->want_read(open && ((reading_ && !read_needs_write_) || write_needs_read_));
  watch_->want_write(open && ((writing_ && !write_needs_read_) || read_needs_write_ ||
                              shutdown_pending_ || !io_.is_sent()));
}

void TlsTransport::on_fd_readable() {
  if (phase_ == Phase::handshake) {
    continue_handshake();
    return;
  }
  const net::Lifeline::Watch alive(lifeline_);
  if (std::exchange(write_needs_read_, false)) {
    update_watch();
    if (writing_) handler_->on_writable();
    if (alive.is_gone() || phase_ != Phase::open || !fd_) return;
  }
  if (reading_) deliver_readable();
}

void TlsTransport::on_fd_writable() {
  if (phase_ == Phase::handshake) {
    continue_handshake();
    return;
  }
  // An error shows in the next read() or write().
  if (io_.flush() == IoStatus::would_block) return;
  update_watch();
  const net::Lifeline::Watch alive(lifeline_);
  if (shutdown_pending_) continue_shutdown();
  if (std::exchange(read_needs_write_, false)) {
    update_watch();
    if (reading_) deliver_readable();
    if (alive.is_gone() || phase_ != Phase::open || !fd_) return;
  }
  if (writing_ && phase_ == Phase::open) handler_->on_writable();
}

void TlsTransport::deliver_readable() {
  if (!reading_) return;
  const net::Lifeline::Watch alive(lifeline_);
  handler_->on_readable();
  if (alive.is_gone() || phase_ != Phase::open || !fd_) return;
  // The socket does not tell of bytes that have been taken out of it already.
  if (reading_ && has_unread_bytes()) resume_later();
}

IoResult TlsTransport::read(std::span<uint8_t> bytes) {
  if (phase_ != Phase::open || !fd_) {
    if (!error_) set_error(net::describe_errno(ENOTCONN));
    return {IoStatus::error, 0};
  }
  if (bytes.empty()) return {};
  ERR_clear_error();
  errno = 0;
  const int size = static_cast<int>(std::min<size_t>(bytes.size(), INT_MAX));
  io_.use(ssl_.get());
  const int result = SSL_read(ssl_.get(), bytes.data(), size);
  const int error_number = errno;
  read_drained_ = result <= 0;
  if (result > 0) return {IoStatus::ok, static_cast<size_t>(result)};
  const int ssl_error = SSL_get_error(ssl_.get(), result);
  switch (ssl_error) {
    case SSL_ERROR_WANT_READ: return {IoStatus::would_block, 0};
    case SSL_ERROR_WANT_WRITE:
      read_needs_write_ = true;
      update_watch();
      return {IoStatus::would_block, 0};
    case SSL_ERROR_ZERO_RETURN:
      // close_notify; what may follow on the socket is not ours to read.
      pause_reading();
      return {IoStatus::closed, 0};
    default: return fail(ssl_error, error_number);
  }
}

IoResult TlsTransport::write(std::span<const iovec> pieces) {
  if (phase_ != Phase::open || !fd_) {
    if (!error_) set_error(net::describe_errno(ENOTCONN));
    return {IoStatus::error, 0};
  }
  IoStatus sent = io_.flush();
  IoResult result{sent, 0};
  if (sent == IoStatus::ok) {
    result = write_records(pieces);
    if (result.status == IoStatus::error) return result;
    sent = io_.flush();
  }
  if (sent == IoStatus::error) return fail(SSL_ERROR_SYSCALL, errno);
  if (sent == IoStatus::would_block) update_watch();
  return result;
}

IoResult TlsTransport::write_records(std::span<const iovec> pieces) {
  std::array<uint8_t, kRecordSize> record;
  size_t written = 0;
  size_t offset = 0;  // into the first piece
  while (written < kMaxWrite) {
    while (!pieces.empty() && pieces[0].iov_len == offset) {
      pieces = pieces.subspan(1);
      offset = 0;
    }
    if (pieces.empty()) break;
    const auto* data = static_cast<const uint8_t*>(pieces[0].iov_base) + offset;
    size_t size = pieces[0].iov_len - offset;
    // Many small pieces go into one record; each write offers a full record if there is that much,
    // hence never less than the interrupted one it repeats.
    if (size < kRecordSize && pieces.size() > 1) {
      size = gather(pieces, offset, record);
      data = record.data();
    }
    ERR_clear_error();
    errno = 0;
    io_.use(ssl_.get());
    const int result =
        SSL_write(ssl_.get(), data, static_cast<int>(std::min<size_t>(size, kMaxWrite)));
    if (result <= 0) return write_stopped(result, written);
    auto rest = static_cast<size_t>(result);
    written += rest;
    while (rest > 0) {
      const size_t n = std::min(rest, pieces[0].iov_len - offset);
      rest -= n;
      offset += n;
      if (offset == pieces[0].iov_len && rest > 0) {
        pieces = pieces.subspan(1);
        offset = 0;
      }
    }
  }
  return {IoStatus::ok, written};
}

IoResult TlsTransport::write_stopped(int result, size_t written) {
  const int error_number = errno;
  const int ssl_error = SSL_get_error(ssl_.get(), result);
  if (ssl_error == SSL_ERROR_WANT_READ) {
    write_needs_read_ = true;
    update_watch();
  } else if (ssl_error != SSL_ERROR_WANT_WRITE) {
    return fail(ssl_error, error_number);
  }
  if (written > 0) return {IoStatus::ok, written};
  return {IoStatus::would_block, 0};
}

IoResult TlsTransport::fail(int ssl_error, int error_number) {
  if (ssl_error == SSL_ERROR_SYSCALL) {
    set_error(error_number ? net::describe_errno(error_number) : kTruncated);
  } else {
    set_error(describe_ssl_error(ssl_.get()));
  }
  ERR_clear_error();
  phase_ = Phase::broken;
  again_.stop();
  update_watch();
  if (watch_) {
    watch_->want_read(false);
    watch_->want_write(false);
  }
  return {IoStatus::error, 0};
}

void TlsTransport::set_error(std::string text) {
  error_ = std::make_unique<std::string>(std::move(text));
}

const std::string& TlsTransport::error_text() const {
  static const std::string none;
  return error_ ? *error_ : none;
}

void TlsTransport::want_write(bool wanted) {
  writing_ = wanted;
  update_watch();
}

void TlsTransport::pause_reading() {
  reading_ = false;
  update_watch();
}

void TlsTransport::resume_reading() {
  reading_ = true;
  update_watch();
  if (phase_ == Phase::open && fd_ && has_unread_bytes()) {
    resume_later();
  }
}

void TlsTransport::shutdown_write() {
  if (phase_ == Phase::open && fd_) continue_shutdown();
}

void TlsTransport::continue_shutdown() {
  ERR_clear_error();
  // 0: our close_notify is out, the peer's has not come. Failures show in read() and write().
  io_.use(ssl_.get());
  const int result = SSL_shutdown(ssl_.get());
  shutdown_pending_ = result < 0 && SSL_get_error(ssl_.get(), result) == SSL_ERROR_WANT_WRITE;
  ERR_clear_error();
  update_watch();
}

void TlsTransport::close() {
  if (!fd_) return;
  if (phase_ == Phase::open && !(SSL_get_shutdown(ssl_.get()) & SSL_SENT_SHUTDOWN)) {
    continue_shutdown();
  }
  again_.stop();
  watch_.reset();
  fd_.reset();
}

std::string_view TlsTransport::alpn() const {
  const unsigned char* name = nullptr;
  unsigned length = 0;
  if (ssl_) SSL_get0_alpn_selected(ssl_.get(), &name, &length);
  return {reinterpret_cast<const char*>(name), length};
}

std::optional<net::SecurityInfo> TlsTransport::security() const {
  SSL* const ssl = ssl_.get();
  if (!ssl || !SSL_is_init_finished(ssl)) return std::nullopt;
  const SSL_CIPHER* const cipher = SSL_get_current_cipher(ssl);
  net::SecurityInfo info;
  info.version = SSL_get_version(ssl);
  info.cipher = SSL_CIPHER_get_name(cipher);
  info.alpn = alpn();
  if (const char* const name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name)) {
    info.server_name = name;
  }
  EVP_PKEY* key = nullptr;
  if (SSL_get_peer_tmp_key(ssl, &key) == 1) {
    info.key_exchange = describe_key(key);
    EVP_PKEY_free(key);
  }
  if (X509* const certificate = SSL_get0_peer_certificate(ssl)) {
    info.peer_subject = describe_subject(certificate);
  }
  if (verify_ != VerifyMode::none) info.verify_error = verification_error(ssl);
  info.resumed = SSL_session_reused(ssl) == 1;
  info.suits_http2 = cipher && suits_http2(cipher);
  return info;
}

}  // namespace tls
