// SPDX-License-Identifier: MIT
// Sole owner of a connection, of whatever HTTP version: closing and letting go are one.
#pragma once

#include <memory>
#include <utility>

#include "http/reason.h"

namespace http {

template <class C>
class ConnectionHandle {
 public:
  ConnectionHandle() = default;
  explicit ConnectionHandle(std::shared_ptr<C> connection) : connection_(std::move(connection)) {}
  ConnectionHandle(ConnectionHandle&&) noexcept = default;
  ConnectionHandle& operator=(ConnectionHandle&& other) noexcept {
    if (this != &other) {
      reset();
      connection_ = std::move(other.connection_);
    }
    return *this;
  }
  ~ConnectionHandle() { reset(); }

  void reset() {
    // Moved out first: closing calls receivers, which may look at the owner of this handle.
    const auto connection = std::move(connection_);
    connection_ = nullptr;
    if (connection) connection->close(Reason{ReasonKind::closed, kCancel, kDropped});
  }

  C* get() const { return connection_.get(); }
  C* operator->() const { return connection_.get(); }
  C& operator*() const { return *connection_; }
  explicit operator bool() const { return connection_ != nullptr; }

 private:
  static constexpr std::uint32_t kCancel = 0x8;  // RFC 9113 §7
  static constexpr char kDropped[] = "the connection was dropped";

  std::shared_ptr<C> connection_;
};

}  // namespace http
