// SPDX-License-Identifier: MIT
// nghttp2_rcbuf: the C API's view of shared bytes.
#include <nghttp2/nghttp2.h>

#include "base/shared_bytes.h"

using nghttp2::Bytes;
using nghttp2::SharedBytes;

void nghttp2_rcbuf_incref(nghttp2_rcbuf* rcbuf) {
  static_cast<SharedBytes*>(rcbuf)->incref();
}

void nghttp2_rcbuf_decref(nghttp2_rcbuf* rcbuf) {
  if (rcbuf) static_cast<SharedBytes*>(rcbuf)->decref();
}

nghttp2_vec nghttp2_rcbuf_get_buf(nghttp2_rcbuf* rcbuf) {
  const Bytes bytes = static_cast<const SharedBytes*>(rcbuf)->bytes();
  return {const_cast<uint8_t*>(bytes.data()), bytes.size()};
}

int nghttp2_rcbuf_is_static(const nghttp2_rcbuf* rcbuf) {
  return static_cast<const SharedBytes*>(rcbuf)->is_static();
}
