// SPDX-License-Identifier: MIT
// Between OpenSSL and the socket: several TLS records go and come with one system call.
#include "tls/record_io.h"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace tls {

namespace {

// Sent as soon as there is this much; the bound for what one connection may leave unsent is a
// record more.
constexpr size_t kGatherBytes = 64 * 1024;
constexpr size_t kGatherCapacity = kGatherBytes + 17 * 1024;
// The most that is received ahead of OpenSSL, hence what may wait when reading pauses.
constexpr size_t kReceiveBytes = 32 * 1024;

// As long as nothing is left unsent or unread, the connections of a thread use the same memory.
thread_local std::unique_ptr<base::Buffer> spare_output;
thread_local std::unique_ptr<base::Buffer> spare_input;

std::unique_ptr<base::Buffer> take(std::unique_ptr<base::Buffer>& spare, size_t capacity) {
  auto taken = spare ? std::move(spare) : std::make_unique<base::Buffer>(capacity);
  taken->prepare(capacity);
  return taken;
}

struct BioFree {
  void operator()(BIO* bio) const { BIO_free(bio); }
};

}  // namespace

int RecordIo::method_type() {
  static const int type = BIO_get_new_index() | BIO_TYPE_SOURCE_SINK;
  return type;
}

const BIO_METHOD* RecordIo::method() {
  static const BIO_METHOD* const made = [] {
    BIO_METHOD* const created = BIO_meth_new(method_type(), "TLS records");
    if (created) {
      BIO_meth_set_read(created, &RecordIo::read);
      BIO_meth_set_write(created, &RecordIo::write);
      BIO_meth_set_ctrl(created, &RecordIo::control);
    }
    return created;
  }();
  return made;
}

BIO* RecordIo::own_bio() {
  BIO* const bio = method() ? BIO_new(method()) : nullptr;
  if (bio) BIO_set_init(bio, 1);
  return bio;
}

BIO* RecordIo::shared_bio() {
  thread_local std::unique_ptr<BIO, BioFree> bio;
  if (!bio) bio.reset(own_bio());
  if (!bio || BIO_up_ref(bio.get()) != 1) return nullptr;
  return bio.get();
}

void RecordIo::use(SSL* ssl) {
  BIO* const bio = SSL_get_rbio(ssl);
  if (bio && BIO_method_type(bio) == method_type()) BIO_set_data(bio, this);
}

// OpenSSL asks for the head of a record first, then for the rest of it.
int RecordIo::read(BIO* bio, char* data, int size) {
  auto* const self = static_cast<RecordIo*>(BIO_get_data(bio));
  BIO_clear_retry_flags(bio);
  if (!self->input_) {
    const int result = self->receive(bio);
    if (result <= 0) return result;
  }
  const size_t count = std::min(static_cast<size_t>(size), self->input_->size());
  std::memcpy(data, self->input_->data(), count);
  self->input_->consume(count);
  if (self->input_->empty()) spare_input = std::move(self->input_);
  return static_cast<int>(count);
}

// More than 0 if something has come; the memory is borrowed for as long as it has not been read.
int RecordIo::receive(BIO* bio) {
  auto memory = take(spare_input, kReceiveBytes);
  const std::span<uint8_t> space = memory->prepare(kReceiveBytes);
  ssize_t count;
  do {
    count = ::recv(fd_, space.data(), space.size(), 0);
  } while (count < 0 && errno == EINTR);
  if (count > 0) {
    memory->commit(static_cast<size_t>(count));
    input_ = std::move(memory);
    return 1;
  }
  if (count == 0) {
    has_ended_ = true;
  } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
    BIO_set_retry_read(bio);
  }
  spare_input = std::move(memory);
  return static_cast<int>(count);
}

int RecordIo::write(BIO* bio, const char* data, int size) {
  auto* const self = static_cast<RecordIo*>(BIO_get_data(bio));
  BIO_clear_retry_flags(bio);
  if (self->output_ && self->output_->size() >= kGatherBytes) {
    const net::IoStatus status = self->flush();
    if (status == net::IoStatus::would_block) BIO_set_retry_write(bio);
    if (status != net::IoStatus::ok) return -1;
  }
  if (!self->output_) self->output_ = take(spare_output, kGatherCapacity);
  self->output_->append(std::string_view(data, static_cast<size_t>(size)));
  return size;
}

long RecordIo::control(BIO* bio, int command, long, void*) {
  auto* const self = static_cast<RecordIo*>(BIO_get_data(bio));
  if (command == BIO_CTRL_EOF) return self->has_ended_ ? 1 : 0;
  if (command != BIO_CTRL_FLUSH) return 0;
  BIO_clear_retry_flags(bio);
  const net::IoStatus status = self->flush();
  if (status == net::IoStatus::would_block) BIO_set_retry_write(bio);
  return status == net::IoStatus::ok ? 1 : -1;
}

net::IoStatus RecordIo::flush() {
  while (output_) {
    const ssize_t n = ::send(fd_, output_->data(), output_->size(), MSG_NOSIGNAL);
    if (n >= 0) {
      output_->consume(static_cast<size_t>(n));
      if (output_->empty()) spare_output = std::move(output_);
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      return net::IoStatus::would_block;
    } else if (errno != EINTR) {
      const int error_number = errno;
      output_.reset();
      errno = error_number;
      return net::IoStatus::error;
    }
  }
  return net::IoStatus::ok;
}

}  // namespace tls
