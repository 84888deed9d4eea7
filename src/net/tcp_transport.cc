// SPDX-License-Identifier: MIT
// Transport over a plain stream socket (TCP or UNIX).
#include "net/tcp_transport.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>
#include <utility>

#include "base/text.h"

namespace net {

void set_no_delay(int fd) {
  const int on = 1;
  // Sockets other than TCP refuse; they have no delay to switch off.
  static_cast<void>(::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)));
}

std::string describe_errno(int error_number) {
  const char* const name = ::strerrorname_np(error_number);
  const std::string text = base::error_text(error_number);
  return name ? text + " (" + name + ")" : text;
}

TcpTransport::TcpTransport(EventLoop& loop, base::Fd fd, Address peer)
    : loop_(loop), fd_(std::move(fd)), peer_(std::move(peer)) {
  if (peer_.is_ip()) set_no_delay(fd_.get());
}

TcpTransport::~TcpTransport() {
  close();
}

void TcpTransport::start(TransportHandler* handler) {
  handler_ = handler;
  watch_ = std::make_unique<FdEvents>(loop_, fd_.get(), static_cast<FdEvents::Handler&>(*this));
  // The socket is connected already, but events never come from inside a call.
  announce_.start(loop_, std::chrono::nanoseconds::zero(), [this] {
    announce_.stop();
    connected_ = true;
    update_watch();
    handler_->on_connected();
  });
}

IoResult TcpTransport::read(std::span<uint8_t> bytes) {
  if (!fd_) return fail(EBADF);
  if (bytes.empty()) return {};
  for (;;) {
    const ssize_t n = ::recv(fd_.get(), bytes.data(), bytes.size(), 0);
    if (n > 0) {
      if (tap_) tap_->received(bytes.first(static_cast<size_t>(n)));
      return {IoStatus::ok, static_cast<size_t>(n)};
    }
    if (n == 0) {
      // The end stays readable for ever; once told is enough.
      pause_reading();
      return {IoStatus::closed, 0};
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK) return {IoStatus::would_block, 0};
    if (errno != EINTR) return fail(errno);
  }
}

IoResult TcpTransport::write(std::span<const iovec> pieces) {
  if (!fd_) return fail(EBADF);
  msghdr message{};
  message.msg_iov = const_cast<iovec*>(pieces.data());
  message.msg_iovlen = std::min<size_t>(pieces.size(), IOV_MAX);
  for (;;) {
    const ssize_t n = ::sendmsg(fd_.get(), &message, MSG_NOSIGNAL);
    if (n >= 0) {
      if (tap_) show_sent(pieces, static_cast<size_t>(n));
      return {IoStatus::ok, static_cast<size_t>(n)};
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK) return {IoStatus::would_block, 0};
    if (errno != EINTR) return fail(errno);
  }
}

void TcpTransport::show_sent(std::span<const iovec> pieces, size_t count) {
  for (const iovec& piece : pieces) {
    const size_t part = std::min(count, piece.iov_len);
    tap_->sent({static_cast<const uint8_t*>(piece.iov_base), part});
    count -= part;
  }
}

IoResult TcpTransport::fail(int error_number) {
  if (error_.empty()) error_ = describe_errno(error_number);
  // A broken socket is readable and writable for ever.
  reading_ = writing_ = false;
  update_watch();
  return {IoStatus::error, 0};
}

void TcpTransport::update_watch() {
  if (!watch_) return;
  watch_->want_read(connected_ && reading_);
  watch_->want_write(connected_ && writing_);
}

void TcpTransport::want_write(bool wanted) {
  writing_ = wanted && error_.empty();
  update_watch();
}

void TcpTransport::pause_reading() {
  reading_ = false;
  update_watch();
}

void TcpTransport::resume_reading() {
  reading_ = error_.empty();
  update_watch();
}

void TcpTransport::shutdown_write() {
  // Nothing of ours waits in user space: the kernel sends the FIN behind the data.
  if (fd_) ::shutdown(fd_.get(), SHUT_WR);
}

void TcpTransport::close() {
  announce_.stop();
  watch_.reset();
  fd_.reset();
}

base::Fd TcpTransport::release() {
  base::Fd fd = std::move(fd_);
  close();
  return fd;
}

}  // namespace net
