// SPDX-License-Identifier: MIT
// The handle behind nghttp2_session.
#pragma once

#include "api/callback_bridge.h"
#include "session/session.h"

struct nghttp2_session {
  nghttp2_session(const nghttp2::Memory& memory, nghttp2::session::Role role,
                  const nghttp2::session::Options& options,
                  const nghttp2::api::UsualCallbacks& usual,
                  const nghttp2::api::RareCallbacks& rare, void* user_data)
      : bridge(this, usual, rare, user_data), session(memory, role, options, bridge) {}

  nghttp2::api::CallbackBridge bridge;
  nghttp2::session::Session session;
  bool is_busy = false;           // inside one of the calls that call the application back
  bool delete_when_idle = false;  // the application deleted the session meanwhile
};

namespace nghttp2::api {

// Stands for one call that may call the application back. Such calls must not be nested: a second
// one would find the session in the middle of a step. Deleting the session inside is deferred.
class BusyScope {
 public:
  explicit BusyScope(nghttp2_session* handle) : handle_(handle), entered_(!handle->is_busy) {
    if (entered_) handle_->is_busy = true;
  }
  BusyScope(const BusyScope&) = delete;
  BusyScope& operator=(const BusyScope&) = delete;
  ~BusyScope() {
    if (!entered_) return;
    handle_->is_busy = false;
    if (handle_->delete_when_idle) nghttp2_session_del(handle_);
  }
  bool entered() const { return entered_; }

 private:
  nghttp2_session* handle_;
  bool entered_;
};

inline session::Stream* find_stream(nghttp2_session* handle, int32_t stream_id) {
  return handle->session.streams.find(stream_id);
}

}  // namespace nghttp2::api
