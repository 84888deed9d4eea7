// SPDX-License-Identifier: MIT
// A client with requests under way, against any bytes of a server (RFC 9113).
#include "session_input.h"

namespace {

void submit_request(nghttp2_session* session, const char* method, int body_size) {
  const nghttp2_nv head[] = {field(":method", method), field(":scheme", "https"),
                             field(":authority", "localhost"), field(":path", "/")};
  const nghttp2_data_provider2 body = body_of(body_size);
  nghttp2_submit_request2(session, nullptr, head, 4, body_size > 0 ? &body : nullptr, nullptr);
}

int on_frame(nghttp2_session* session, const nghttp2_frame* frame, void* user_data) {
  switch (frame->hd.type) {
    case NGHTTP2_HEADERS:
      if (frame->headers.cat == NGHTTP2_HCAT_RESPONSE) submit_request(session, "GET", 0);
      break;
    case NGHTTP2_PUSH_PROMISE:
      if (application_of(user_data).is_due(0x40)) {
        nghttp2_submit_rst_stream(session, 0, frame->push_promise.promised_stream_id,
                                  NGHTTP2_CANCEL);
      }
      break;
    case NGHTTP2_PING: nghttp2_submit_window_update(session, 0, 0, 100); break;
    case NGHTTP2_SETTINGS: nghttp2_submit_ping(session, 0, nullptr); break;
    case NGHTTP2_GOAWAY: nghttp2_submit_goaway(session, 0, 0, NGHTTP2_NO_ERROR, nullptr, 0); break;
    default: break;
  }
  return 0;
}

// Streams 1 to 7: without and with a body, HEAD and CONNECT.
void start(nghttp2_session* session) {
  const nghttp2_nv tunnel[] = {field(":method", "CONNECT"), field(":authority", "localhost:1")};
  submit_request(session, "GET", 0);
  submit_request(session, "POST", 100000);
  submit_request(session, "HEAD", 0);
  nghttp2_submit_headers(session, 0, -1, nullptr, tunnel, 2, nullptr);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  run_side(nghttp2_session_client_new2, on_frame, start, {data, size});
  return 0;
}
