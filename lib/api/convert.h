// SPDX-License-Identifier: MIT
// Core values as the structs of the C API.
#pragma once

#include <nghttp2/nghttp2.h>

#include "base/status.h"
#include "session/frame.h"

namespace nghttp2::api {

// A frame in the shape that callbacks get. It points into the core frame and lives as long.
class FrameView {
 public:
  // `application_frame`: the payload is the application's own.
  nghttp2_frame* assign(const session::Frame& frame, bool application_frame);
  nghttp2_frame* get() { return &frame_; }

 private:
  void assign_extension(const session::Frame& frame);

  nghttp2_frame frame_;
  union {
    nghttp2_ext_altsvc altsvc_;
    nghttp2_ext_origin origin_;
    nghttp2_ext_priority_update priority_update_;
  };
};

nghttp2_frame_hd to_c(const frame::FrameHead& head);
inline int to_c(Status status) {
  return int(status);
}

}  // namespace nghttp2::api
