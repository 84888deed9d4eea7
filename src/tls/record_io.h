// SPDX-License-Identifier: MIT
// Between OpenSSL and the socket: several TLS records go and come with one system call.
#pragma once

#include <openssl/bio.h>
#include <openssl/ssl.h>

#include <memory>

#include "base/buffer.h"
#include "net/transport.h"

namespace tls {

class RecordIo {
 public:
  // `fd` is a non-blocking stream socket that outlives this object's use.
  explicit RecordIo(int fd) : fd_(fd) {}
  RecordIo(const RecordIo&) = delete;
  RecordIo& operator=(const RecordIo&) = delete;

  // What OpenSSL is to read from and to write to; nullptr without memory. All objects of a thread
  // have the same one, which serves the object whose use() has been called last. The SSL that gets
  // it owns the reference.
  static BIO* shared_bio();
  // Likewise, for this object alone.
  static BIO* own_bio();
  // The calls of OpenSSL that follow are for this object.
  void use(SSL* ssl);

  // Whether everything OpenSSL has written has been sent.
  bool is_sent() const { return output_ == nullptr; }

  // Sends what OpenSSL has written: ok when nothing is left, else would_block, or error with errno
  // set. After an error nothing is left either, since it could not arrive any more.
  net::IoStatus flush();

  // Whether something has come that OpenSSL has not read yet. The socket does not tell of it.
  bool has_input() const { return input_ != nullptr; }

 private:
  static int method_type();
  static const BIO_METHOD* method();
  static int read(BIO* bio, char* data, int size);
  static int write(BIO* bio, const char* data, int size);
  static long control(BIO* bio, int command, long, void*);
  int receive(BIO* bio);

  int fd_;
  bool has_ended_ = false;
  // While there is something in them.
  std::unique_ptr<base::Buffer> input_;
  std::unique_ptr<base::Buffer> output_;
};

}  // namespace tls
