// SPDX-License-Identifier: MIT
// A server that answers every request, against any bytes of a client (RFC 9113).
#include "session_input.h"

namespace {

void respond(nghttp2_session* session, int32_t stream_id) {
  const nghttp2_nv head[] = {field(":status", "200"), field("server", "fuzz")};
  const nghttp2_nv promise[] = {field(":method", "GET"), field(":scheme", "https"),
                                field(":authority", "localhost"), field(":path", "/pushed")};
  const nghttp2_data_provider2 body = body_of(20000);
  if (stream_id % 8 == 1) nghttp2_submit_headers(session, 0, stream_id, nullptr, head, 1, nullptr);
  if (stream_id % 8 == 3) {
    const int32_t promised =
        nghttp2_submit_push_promise(session, 0, stream_id, promise, 4, nullptr);
    if (promised > 0) nghttp2_submit_response2(session, promised, head, 2, &body);
  }
  if (stream_id % 8 == 5) nghttp2_submit_altsvc(session, 0, stream_id, nullptr, 0, nullptr, 0);
  nghttp2_submit_response2(session, stream_id, head, 2, stream_id % 8 == 7 ? nullptr : &body);
}

int on_frame(nghttp2_session* session, const nghttp2_frame* frame, void* user_data) {
  const int32_t stream_id = frame->hd.stream_id;
  switch (frame->hd.type) {
    case NGHTTP2_HEADERS:
      if (frame->headers.cat == NGHTTP2_HCAT_REQUEST) respond(session, stream_id);
      break;
    case NGHTTP2_DATA:
      if (application_of(user_data).is_due(0x40)) {
        nghttp2_submit_rst_stream(session, 0, stream_id, NGHTTP2_CANCEL);
      }
      break;
    case NGHTTP2_PING: nghttp2_submit_window_update(session, 0, 0, 100); break;
    case NGHTTP2_WINDOW_UPDATE: nghttp2_session_set_local_window_size(session, 0, 0, 1000); break;
    case NGHTTP2_GOAWAY: nghttp2_submit_shutdown_notice(session); break;
    default: break;
  }
  return 0;
}

void start(nghttp2_session*) {}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  run_side(nghttp2_session_server_new2, on_frame, start, {data, size});
  return 0;
}
