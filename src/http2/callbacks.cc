// SPDX-License-Identifier: MIT
// libnghttp2's callbacks, from frames to stream events (RFC 9113 §8.1).
#include "http2/callbacks.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "http2/connection.h"
#include "http2/stream.h"

namespace http2 {

namespace {

std::string_view view(const std::uint8_t* octets, std::size_t length) {
  return std::string_view(reinterpret_cast<const char*>(octets), length);
}

bool ends_stream(const nghttp2_frame& frame) {
  return (frame.hd.type == NGHTTP2_DATA || frame.hd.type == NGHTTP2_HEADERS) &&
         (frame.hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
}

// The stream whose field section a HEADERS or PUSH_PROMISE frame carries.
std::int32_t section_stream_id(const nghttp2_frame& frame) {
  return frame.hd.type == NGHTTP2_PUSH_PROMISE ? frame.push_promise.promised_stream_id
                                               : frame.hd.stream_id;
}

}  // namespace

// Friend of Connection and Stream. Every function ends the session when the connection has been
// closed meanwhile, so that no further event reaches anybody.
struct Callbacks {
  static int verdict(const Connection& connection) {
    return connection.close_requested_ ? NGHTTP2_ERR_CALLBACK_FAILURE : 0;
  }

  static int on_begin_headers(nghttp2_session*, const nghttp2_frame* frame, void* user_data) {
    auto& connection = *static_cast<Connection*>(user_data);
    const std::int32_t id = section_stream_id(*frame);
    const bool opens =
        frame->hd.type == NGHTTP2_PUSH_PROMISE || frame->headers.cat == NGHTTP2_HCAT_REQUEST;
    Stream* const stream =
        opens ? &connection.adopt(id, connection.make_stream()) : connection.find(id);
    if (stream != nullptr) stream->begin_fields();
    return verdict(connection);
  }

  static int on_header(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name,
                       std::size_t name_length, const std::uint8_t* value, std::size_t value_length,
                       std::uint8_t flags, void* user_data) {
    auto& connection = *static_cast<Connection*>(user_data);
    const std::string_view name_view = view(name, name_length);
    const std::string_view value_view = view(value, value_length);
    const bool sensitive = (flags & NGHTTP2_NV_FLAG_NO_INDEX) != 0;
    if (connection.config_.log) {
      connection.config_.log->received_field(frame->hd.stream_id, name_view, value_view, sensitive);
    }
    if (Stream* stream = connection.find(section_stream_id(*frame))) {
      stream->add_field(name_view, value_view, sensitive, connection.config_);
    }
    return verdict(connection);
  }

  static int on_data_chunk(nghttp2_session* session, std::uint8_t, std::int32_t id,
                           const std::uint8_t* data, std::size_t length, void* user_data) {
    auto& connection = *static_cast<Connection*>(user_data);
    FrameLog* log = connection.config_.log.get();
    if (log != nullptr && log->shows_content()) {
      log->received_content(id, length,
                            nghttp2_session_get_stream_effective_recv_data_length(session, id),
                            nghttp2_session_get_effective_recv_data_length(session));
    }
    Stream* stream = connection.find(id);
    if (stream == nullptr || stream->connection_ == nullptr) {
      connection.consume_unused(length);
    } else {
      const auto guard = stream->shared_from_this();
      stream->deliver_body(http::Bytes(data, length), http::End::no);
    }
    return verdict(connection);
  }

  static int on_frame_received(nghttp2_session*, const nghttp2_frame* frame, void* user_data) {
    auto& connection = *static_cast<Connection*>(user_data);
    if (connection.config_.log) connection.config_.log->received(*frame);
    connection.last_frame_ = connection.event_time_;
    connection.memory_released_ = false;
    switch (frame->hd.type) {
      case NGHTTP2_DATA:
        if (ends_stream(*frame)) end_of_body(connection, frame->hd.stream_id);
        break;
      case NGHTTP2_HEADERS:
      case NGHTTP2_PUSH_PROMISE: connection.receive_headers(*frame); break;
      case NGHTTP2_RST_STREAM:
        if (Stream* stream = connection.find(frame->hd.stream_id)) stream->reset_by_peer_ = true;
        break;
      case NGHTTP2_SETTINGS:
        if ((frame->hd.flags & NGHTTP2_FLAG_ACK) != 0) connection.settings_acknowledged_ = true;
        connection.changed_ = true;
        break;
      case NGHTTP2_GOAWAY: remember_goaway(connection, frame->goaway); break;
      case NGHTTP2_PING:
        if ((frame->hd.flags & NGHTTP2_FLAG_ACK) != 0) {
          connection.notify_pong(http::Bytes(frame->ping.opaque_data));
        }
        break;
      default: break;
    }
    return verdict(connection);
  }

  static void end_of_body(Connection& connection, std::int32_t id) {
    Stream* stream = connection.find(id);
    if (stream == nullptr) return;
    const auto guard = stream->shared_from_this();
    stream->received_end_ = true;
    stream->deliver_body({}, http::End::yes);
  }

  static void remember_goaway(Connection& connection, const nghttp2_goaway& frame) {
    connection.goaway_received_ = true;
    connection.ending().received_goaway_code = frame.error_code;
    connection.ending().received_goaway_text = view(frame.opaque_data, frame.opaque_data_len);
    connection.changed_ = true;
  }

  static int on_invalid_frame(nghttp2_session*, const nghttp2_frame* frame, int lib_error,
                              void* user_data) {
    auto& connection = *static_cast<Connection*>(user_data);
    if (connection.config_.log) connection.config_.log->received_invalid(*frame, lib_error);
    if (auto* observer = connection.config_.observer.get()) {
      observer->rejected(nghttp2_strerror(lib_error));
    }
    if (Stream* stream = connection.find(section_stream_id(*frame))) {
      stream->failure_ =
          connection.last_error().empty() ? nghttp2_strerror(lib_error) : connection.last_error();
    } else if (connection.last_error().empty()) {
      connection.ending().last_error = nghttp2_strerror(lib_error);
    }
    return verdict(connection);
  }

  static int on_frame_sent(nghttp2_session* session, const nghttp2_frame* frame, void* user_data) {
    auto& connection = *static_cast<Connection*>(user_data);
    if (connection.config_.log) connection.config_.log->sent(*frame);
    if (frame->hd.type == NGHTTP2_GOAWAY) {
      connection.ending().sent_goaway_code = frame->goaway.error_code;
      connection.notify_goaway_sent();
    } else if (ends_stream(*frame)) {
      Stream* stream = connection.find(frame->hd.stream_id);
      if (stream == nullptr) return verdict(connection);
      stream->sent_end_ = true;
      if (stream->receiver_) {
        const auto guard = stream->shared_from_this();
        stream->receiver_->on_sent();
      }
      // RFC 9113 §8.1: a complete response makes the rest of the request unnecessary.
      if (connection.role() == Role::server && !stream->received_end_ && !stream->is_tunnel_) {
        nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, frame->hd.stream_id,
                                  NGHTTP2_NO_ERROR);
      }
    }
    return verdict(connection);
  }

  static int on_frame_not_sent(nghttp2_session*, const nghttp2_frame* frame, int lib_error,
                               void* user_data) {
    auto& connection = *static_cast<Connection*>(user_data);
    if (frame->hd.type != NGHTTP2_HEADERS && frame->hd.type != NGHTTP2_PUSH_PROMISE) return 0;
    Stream* stream = connection.find(section_stream_id(*frame));
    if (stream == nullptr) return 0;
    if (!connection.goaway_received_) {
      stream->local_reason_ =
          http::Reason{http::ReasonKind::refused, NGHTTP2_REFUSED_STREAM,
                       std::string("the head was not sent: ") + nghttp2_strerror(lib_error)};
    }
    connection.backlog().unsent_streams.push_back(stream->shared_from_this());
    return verdict(connection);
  }

  static int on_stream_closed(nghttp2_session*, std::int32_t id, std::uint32_t error_code,
                              void* user_data) {
    auto& connection = *static_cast<Connection*>(user_data);
    connection.stream_closed(id, error_code);
    return verdict(connection);
  }

  static int send_data(nghttp2_session*, nghttp2_frame* frame, const std::uint8_t* head,
                       std::size_t length, nghttp2_data_source* source, void* user_data) {
    auto& connection = *static_cast<Connection*>(user_data);
    return connection.append_data_frame(*static_cast<Stream*>(source->ptr), *frame, head, length);
  }

  static nghttp2_ssize select_padding(nghttp2_session*, const nghttp2_frame* frame,
                                      std::size_t max_length, void* user_data) {
    const auto& connection = *static_cast<Connection*>(user_data);
    const std::size_t padded = frame->hd.length + connection.config_.padding;
    return static_cast<nghttp2_ssize>(std::min(max_length, padded));
  }

  static int on_error(nghttp2_session*, int, const char* message, std::size_t length,
                      void* user_data) {
    auto& connection = *static_cast<Connection*>(user_data);
    connection.ending().last_error = base::escape(std::string_view(message, length));
    if (connection.config_.log) connection.config_.log->error(std::string_view(message, length));
    if (auto* observer = connection.config_.observer.get()) {
      observer->complained(std::string_view(message, length));
    }
    return 0;
  }
};

SessionCallbacks connection_callbacks(bool with_padding) {
  SessionCallbacks table;
  table.on_begin_headers = &Callbacks::on_begin_headers;
  table.on_header = &Callbacks::on_header;
  table.on_data_chunk = &Callbacks::on_data_chunk;
  table.on_frame_received = &Callbacks::on_frame_received;
  table.on_invalid_frame = &Callbacks::on_invalid_frame;
  table.on_frame_sent = &Callbacks::on_frame_sent;
  table.on_frame_not_sent = &Callbacks::on_frame_not_sent;
  table.on_stream_closed = &Callbacks::on_stream_closed;
  table.send_data = &Callbacks::send_data;
  if (with_padding) table.select_padding = &Callbacks::select_padding;
  table.on_error = &Callbacks::on_error;
  return table;
}

}  // namespace http2
