// SPDX-License-Identifier: MIT
// Flow control for received DATA: counting, giving back, WINDOW_UPDATE (RFC 9113 §5.2, §6.9).
#include "session/session.h"

namespace nghttp2::session {

using frame::ErrorCode;

Status Session::receive_window_bytes(size_t bytes) {
  if (!recv_window.receive(bytes)) {
    return terminate(last_processed_stream_id, uint32_t(ErrorCode::flow_control_error),
                     "DATA: beyond the connection flow-control window");
  }
  if (options.manual_window_update || window_update_queued) return Status::ok;
  const int32_t increment = recv_window.take_automatic_update();
  return increment > 0 ? queue_window_update(0, increment) : Status::ok;
}

Status Session::receive_stream_window_bytes(Stream& stream, size_t bytes, bool more_to_come) {
  if (!stream.recv.receive(bytes)) return Status::flow_control;
  if (options.manual_window_update || !more_to_come || stream.has(Stream::kUpdateQueued)) {
    return Status::ok;
  }
  const int32_t increment = stream.recv.take_automatic_update();
  return increment > 0 ? queue_window_update(stream.stream_id, increment) : Status::ok;
}

Status Session::consume_connection(size_t bytes) {
  if (!recv_window.consume(bytes)) {
    return terminate(last_processed_stream_id, uint32_t(ErrorCode::flow_control_error),
                     "consumed more than 2^31-1 bytes");
  }
  if (window_update_queued) return Status::ok;
  const int32_t increment = recv_window.take_manual_update();
  return increment > 0 ? queue_window_update(0, increment) : Status::ok;
}

Status Session::consume_stream(Stream& stream, size_t bytes) {
  if (!stream.recv.consume(bytes)) {
    return terminate(last_processed_stream_id, uint32_t(ErrorCode::flow_control_error),
                     "consumed more than 2^31-1 bytes of a stream");
  }
  if (stream.has(Stream::kUpdateQueued)) return Status::ok;
  const int32_t increment = stream.recv.take_manual_update();
  return increment > 0 ? queue_window_update(stream.stream_id, increment) : Status::ok;
}

}  // namespace nghttp2::session
