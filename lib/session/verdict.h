// SPDX-License-Identifier: MIT
// What a received frame, and what an outbound item, deserves. Handlers return it; one function
// in receive.cc and one in send.cc make it happen.
#pragma once

#include "base/status.h"
#include "frame/type.h"

namespace nghttp2::session {

struct [[nodiscard]] Verdict {
  enum class Kind : uint8_t {
    proceed,
    ignore,            // the rest of the frame has no effect; header blocks are still decoded
    reset,             // reset the stream, the rest of the frame has no effect
    forced_reset,      // the same, because of what the peer did
    stream_error,      // the same, and report the frame as invalid
    connection_error,  // report the frame as invalid, then GOAWAY
    terminate,         // GOAWAY without a report: there is no whole frame to report
    pause,             // the application wants control back
    fatal,             // the library call fails with the status
  };

  Kind kind = Kind::proceed;
  frame::ErrorCode code = frame::ErrorCode::no_error;
  Status status = Status::ok;    // reported to on_invalid_frame_recv, or returned when fatal
  const char* reason = nullptr;  // a literal, for GOAWAY debug data

  constexpr bool proceeds() const { return kind == Kind::proceed; }
};

// The error code that a peer is told for a library error (RFC 9113 §7).
constexpr frame::ErrorCode error_code_of(Status status) {
  using frame::ErrorCode;
  switch (status) {
    case Status::stream_closed: return ErrorCode::stream_closed;
    case Status::header_compression: return ErrorCode::compression_error;
    case Status::frame_size_error: return ErrorCode::frame_size_error;
    case Status::flow_control: return ErrorCode::flow_control_error;
    case Status::refused_stream: return ErrorCode::refused_stream;
    case Status::protocol:
    case Status::http_header:
    case Status::http_messaging: return ErrorCode::protocol_error;
    default: return ErrorCode::internal_error;
  }
}

constexpr Verdict proceed() {
  return {};
}
constexpr Verdict ignore() {
  return {.kind = Verdict::Kind::ignore};
}
constexpr Verdict pause() {
  return {.kind = Verdict::Kind::pause};
}
constexpr Verdict fatal(Status status) {
  return {.kind = Verdict::Kind::fatal, .status = status};
}
constexpr Verdict reset_stream(frame::ErrorCode code) {
  return {.kind = Verdict::Kind::reset, .code = code};
}
constexpr Verdict forced_reset(frame::ErrorCode code) {
  return {.kind = Verdict::Kind::forced_reset, .code = code};
}
constexpr Verdict stream_error(Status status) {
  return {.kind = Verdict::Kind::stream_error, .code = error_code_of(status), .status = status};
}
constexpr Verdict connection_error(Status status, const char* reason) {
  return {.kind = Verdict::Kind::connection_error,
          .code = error_code_of(status),
          .status = status,
          .reason = reason};
}
constexpr Verdict terminate(frame::ErrorCode code, const char* reason) {
  return {.kind = Verdict::Kind::terminate, .code = code, .reason = reason};
}

// proceed, or fatal when the status is an error.
constexpr Verdict verdict_of(Status status) {
  return status == Status::ok ? proceed() : fatal(status);
}

}  // namespace nghttp2::session
