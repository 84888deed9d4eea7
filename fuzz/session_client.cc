// SPDX-License-Identifier: MIT
// A client with two requests under way, against any bytes of a server (RFC 9113).
#include <nghttp2/nghttp2.h>

#include "session_input.h"

namespace {

template <size_t N, size_t M>
nghttp2_nv field(char (&name)[N], char (&value)[M]) {
  return {reinterpret_cast<uint8_t*>(name), reinterpret_cast<uint8_t*>(value), N - 1, M - 1,
          NGHTTP2_NV_FLAG_NONE};
}

void submit_get(nghttp2_session* session) {
  static char method[] = ":method", get[] = "GET", scheme[] = ":scheme", https[] = "https";
  static char authority[] = ":authority", host[] = "localhost", path[] = ":path", root[] = "/";
  const nghttp2_nv fields[] = {field(method, get), field(scheme, https), field(authority, host),
                               field(path, root)};
  nghttp2_submit_request2(session, nullptr, fields, 4, nullptr, nullptr);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  nghttp2_session_callbacks* callbacks = nullptr;
  nghttp2_session* session = nullptr;
  if (nghttp2_session_callbacks_new(&callbacks) != 0) return 0;
  nghttp2_session_client_new(&session, callbacks, nullptr);
  nghttp2_session_callbacks_del(callbacks);
  nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, nullptr, 0);
  submit_get(session);
  submit_get(session);
  feed(session, data, size);
  nghttp2_session_del(session);
  return 0;
}
