// SPDX-License-Identifier: MIT
// Gathers the TLS records that OpenSSL writes, so that several leave with one system call.
#include "tls/record_output.h"

#include <sys/socket.h>

#include <cerrno>
#include <utility>

namespace tls {

namespace {

// Sent as soon as there is this much; the bound for what one connection may leave unsent is a
// record more.
constexpr size_t kGatherBytes = 64 * 1024;
constexpr size_t kGatherCapacity = kGatherBytes + 17 * 1024;

// As long as nothing is left unsent, the connections of a thread gather in the same memory.
base::Buffer& shared_memory() {
  thread_local base::Buffer buffer(kGatherCapacity);
  return buffer;
}

}  // namespace

const BIO_METHOD* RecordOutput::method() {
  static const BIO_METHOD* const made = [] {
    BIO_METHOD* const created =
        BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "record output");
    if (created) {
      BIO_meth_set_write(created, &RecordOutput::write);
      BIO_meth_set_ctrl(created, &RecordOutput::control);
    }
    return created;
  }();
  return made;
}

BIO* RecordOutput::make_bio() {
  if (!method()) return nullptr;
  BIO* const bio = BIO_new(method());
  if (!bio) return nullptr;
  BIO_set_data(bio, this);
  BIO_set_init(bio, 1);
  return bio;
}

int RecordOutput::write(BIO* bio, const char* data, int size) {
  auto* const self = static_cast<RecordOutput*>(BIO_get_data(bio));
  BIO_clear_retry_flags(bio);
  if (self->pending_.size() >= kGatherBytes) {
    const net::IoStatus status = self->flush();
    if (status == net::IoStatus::would_block) BIO_set_retry_write(bio);
    if (status != net::IoStatus::ok) return -1;
  }
  if (self->pending_.empty()) {
    std::swap(self->pending_, shared_memory());
    self->pending_.prepare(kGatherCapacity);
  }
  self->pending_.append(std::string_view(data, static_cast<size_t>(size)));
  return size;
}

long RecordOutput::control(BIO* bio, int command, long, void*) {
  if (command != BIO_CTRL_FLUSH) return 0;
  auto* const self = static_cast<RecordOutput*>(BIO_get_data(bio));
  BIO_clear_retry_flags(bio);
  const net::IoStatus status = self->flush();
  if (status == net::IoStatus::would_block) BIO_set_retry_write(bio);
  return status == net::IoStatus::ok ? 1 : -1;
}

net::IoStatus RecordOutput::flush() {
  while (!pending_.empty()) {
    const ssize_t n = ::send(fd_, pending_.data(), pending_.size(), MSG_NOSIGNAL);
    if (n >= 0) {
      pending_.consume(static_cast<size_t>(n));
      if (pending_.empty()) shared_memory() = std::move(pending_);
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      return net::IoStatus::would_block;
    } else if (errno != EINTR) {
      const int error_number = errno;
      pending_.clear();
      errno = error_number;
      return net::IoStatus::error;
    }
  }
  return net::IoStatus::ok;
}

}  // namespace tls
