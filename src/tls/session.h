// SPDX-License-Identifier: MIT
// A TLS session of an earlier connection, for the next one to resume (RFC 8446 §2.2).
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "base/result.h"

namespace tls {

// Cheap to copy (shared); threads may use copies at the same time.
class Session {
 public:
  Session() = default;
  // Takes over a reference.
  explicit Session(SSL_SESSION* session);

  // From PEM. A file that does not exist gives an empty session: there has been no connection yet.
  static base::Result<Session> load(const std::string& path);
  base::Result<void> save(const std::string& path) const;

  bool empty() const { return !session_; }
  // A copy for one connection, which owns it; nullptr when empty.
  SSL_SESSION* copy() const;

 private:
  std::shared_ptr<SSL_SESSION> session_;
};

}  // namespace tls
