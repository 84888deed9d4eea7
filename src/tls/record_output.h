// SPDX-License-Identifier: MIT
// Gathers the TLS records that OpenSSL writes, so that several leave with one system call.
#pragma once

#include <openssl/bio.h>

#include "base/buffer.h"
#include "net/transport.h"

namespace tls {

class RecordOutput {
 public:
  // `fd` is a non-blocking stream socket that outlives this object's use.
  explicit RecordOutput(int fd) : fd_(fd) {}
  RecordOutput(const RecordOutput&) = delete;
  RecordOutput& operator=(const RecordOutput&) = delete;

  // What OpenSSL is to write to; nullptr without memory. The SSL that gets it owns it, and must not
  // outlive this object.
  BIO* make_bio();

  // Whether everything gathered has been sent.
  bool empty() const { return pending_.empty(); }

  // Sends what has been gathered: ok when nothing is left, else would_block, or error with errno
  // set. After an error nothing is left either, since it could not arrive any more.
  net::IoStatus flush();

 private:
  static const BIO_METHOD* method();
  static int write(BIO* bio, const char* data, int size);
  static long control(BIO* bio, int command, long, void*);

  int fd_;
  base::Buffer pending_;
};

}  // namespace tls
