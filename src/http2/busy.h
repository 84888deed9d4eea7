// SPDX-License-Identifier: MIT
// Guards the time a connection spends inside its session.
#pragma once

#include "http2/connection.h"

namespace http2 {

// Marks that the session is at work. What must not happen then is done by settle() afterwards.
class Connection::Busy {
 public:
  explicit Busy(Connection& connection) : connection_(connection) { ++connection_.busy_; }
  ~Busy() { --connection_.busy_; }
  Busy(const Busy&) = delete;
  Busy& operator=(const Busy&) = delete;

 private:
  Connection& connection_;
};

}  // namespace http2
