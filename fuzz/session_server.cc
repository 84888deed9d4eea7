// SPDX-License-Identifier: MIT
// A server that answers every request, against any bytes of a client (RFC 9113).
#include <nghttp2/nghttp2.h>

#include "session_input.h"

namespace {

nghttp2_ssize read_body(nghttp2_session*, int32_t, uint8_t* buffer, size_t length,
                        uint32_t* data_flags, nghttp2_data_source*, void*) {
  const size_t size = length < 100 ? length : 100;
  for (size_t i = 0; i < size; ++i)
    buffer[i] = 'x';
  *data_flags = NGHTTP2_DATA_FLAG_EOF;
  return static_cast<nghttp2_ssize>(size);
}

int on_frame(nghttp2_session* session, const nghttp2_frame* frame, void*) {
  const bool is_request =
      frame->hd.type == NGHTTP2_HEADERS && frame->headers.cat == NGHTTP2_HCAT_REQUEST;
  if (!is_request) return 0;
  static uint8_t name[] = ":status";
  static uint8_t value[] = "200";
  const nghttp2_nv status = {name, value, 7, 3, NGHTTP2_NV_FLAG_NONE};
  nghttp2_data_provider2 body{};
  body.read_callback = read_body;
  nghttp2_submit_response2(session, frame->hd.stream_id, &status, 1, &body);
  return 0;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  nghttp2_session_callbacks* callbacks = nullptr;
  nghttp2_session* session = nullptr;
  if (nghttp2_session_callbacks_new(&callbacks) != 0) return 0;
  nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame);
  nghttp2_session_server_new(&session, callbacks, nullptr);
  nghttp2_session_callbacks_del(callbacks);
  nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, nullptr, 0);
  feed(session, data, size);
  nghttp2_session_del(session);
  return 0;
}
