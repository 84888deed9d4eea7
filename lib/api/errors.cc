// SPDX-License-Identifier: MIT
// Names and descriptions of library errors and of HTTP/2 error codes (RFC 9113, section 7).
#include <nghttp2/nghttp2.h>

#include "base/table.h"

namespace nghttp2::api {
namespace {

struct ErrorText {
  int code;
  const char* text;
};

constexpr Table<ErrorText, 42> kErrorTexts = {{
    {0, "Success"},
    {NGHTTP2_ERR_INVALID_ARGUMENT, "An argument is not valid"},
    {NGHTTP2_ERR_BUFFER_ERROR, "A name or value exceeds the space of the decoder"},
    {NGHTTP2_ERR_UNSUPPORTED_VERSION, "The protocol version is not supported"},
    {NGHTTP2_ERR_WOULDBLOCK, "The operation would have to wait"},
    {NGHTTP2_ERR_PROTO, "The protocol does not allow this"},
    {NGHTTP2_ERR_INVALID_FRAME, "The frame is malformed"},
    {NGHTTP2_ERR_EOF, "The peer closed the connection"},
    {NGHTTP2_ERR_DEFERRED, "The body has no data yet"},
    {NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE, "All stream identifiers are used up"},
    {NGHTTP2_ERR_STREAM_CLOSED, "The stream is closed or does not exist"},
    {NGHTTP2_ERR_STREAM_CLOSING, "The stream is being reset"},
    {NGHTTP2_ERR_STREAM_SHUT_WR, "This side of the stream has ended"},
    {NGHTTP2_ERR_INVALID_STREAM_ID, "The stream identifier is not valid"},
    {NGHTTP2_ERR_INVALID_STREAM_STATE, "The state of the stream does not allow this"},
    {NGHTTP2_ERR_DEFERRED_DATA_EXIST, "The stream has a deferred body already"},
    {NGHTTP2_ERR_START_STREAM_NOT_ALLOWED, "No new stream may be opened"},
    {NGHTTP2_ERR_GOAWAY_ALREADY_SENT, "GOAWAY was sent already"},
    {NGHTTP2_ERR_INVALID_HEADER_BLOCK, "The header block is not valid"},
    {NGHTTP2_ERR_INVALID_STATE, "The session is not in a state for this call"},
    {NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE, "A callback gave up the stream"},
    {NGHTTP2_ERR_FRAME_SIZE_ERROR, "The length of the frame is wrong"},
    {NGHTTP2_ERR_HEADER_COMP, "Header compression or decompression failed"},
    {NGHTTP2_ERR_FLOW_CONTROL, "A flow control window left its range"},
    {NGHTTP2_ERR_INSUFF_BUFSIZE, "The buffer is too small"},
    {NGHTTP2_ERR_PAUSE, "A callback paused the session"},
    {NGHTTP2_ERR_TOO_MANY_INFLIGHT_SETTINGS, "Too many SETTINGS were not acknowledged"},
    {NGHTTP2_ERR_PUSH_DISABLED, "The peer does not accept server push"},
    {NGHTTP2_ERR_DATA_EXIST, "Another body or header block is waiting for the stream"},
    {NGHTTP2_ERR_SESSION_CLOSING, "The session is being closed"},
    {NGHTTP2_ERR_HTTP_HEADER, "A received field is not valid"},
    {NGHTTP2_ERR_HTTP_MESSAGING, "The message breaks the rules of HTTP"},
    {NGHTTP2_ERR_REFUSED_STREAM, "The stream was refused"},
    {NGHTTP2_ERR_INTERNAL, "Internal error"},
    {NGHTTP2_ERR_CANCEL, "Canceled by a callback"},
    {NGHTTP2_ERR_SETTINGS_EXPECTED, "The first frame of the peer is not SETTINGS"},
    {NGHTTP2_ERR_TOO_MANY_SETTINGS, "A SETTINGS frame has too many entries"},
    {NGHTTP2_ERR_NOMEM, "Out of memory"},
    {NGHTTP2_ERR_CALLBACK_FAILURE, "A callback failed"},
    {NGHTTP2_ERR_BAD_CLIENT_MAGIC, "The client does not start with the HTTP/2 preface"},
    {NGHTTP2_ERR_FLOODED, "The peer causes more output than it accepts"},
    {NGHTTP2_ERR_TOO_MANY_CONTINUATIONS, "A header block has too many CONTINUATION frames"},
}};

constexpr Table<const char*, 14> kErrorCodeNames = {{
    "NO_ERROR",
    "PROTOCOL_ERROR",
    "INTERNAL_ERROR",
    "FLOW_CONTROL_ERROR",
    "SETTINGS_TIMEOUT",
    "STREAM_CLOSED",
    "FRAME_SIZE_ERROR",
    "REFUSED_STREAM",
    "CANCEL",
    "COMPRESSION_ERROR",
    "CONNECT_ERROR",
    "ENHANCE_YOUR_CALM",
    "INADEQUATE_SECURITY",
    "HTTP_1_1_REQUIRED",
}};
static_assert(kErrorCodeNames.size() == NGHTTP2_HTTP_1_1_REQUIRED + 1);

}  // namespace
}  // namespace nghttp2::api

using namespace nghttp2::api;

const char* nghttp2_strerror(int lib_error_code) {
  for (const ErrorText& entry : kErrorTexts) {
    if (entry.code == lib_error_code) return entry.text;
  }
  return "Unknown error code";
}

const char* nghttp2_http2_strerror(uint32_t error_code) {
  return error_code < kErrorCodeNames.size() ? kErrorCodeNames[error_code] : "unknown";
}

int nghttp2_is_fatal(int lib_error_code) {
  return lib_error_code < NGHTTP2_ERR_FATAL;
}
