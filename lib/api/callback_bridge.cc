// SPDX-License-Identifier: MIT
// Events of a session as calls of the application's C callbacks.
#include "api/callback_bridge.h"

#include "api/handle.h"

namespace nghttp2::api {

using frame::FrameHead;
using session::BodyChunk;
using session::BodySource;
using session::FieldReceipt;
using session::Frame;

namespace {

// A frame as a callback sees it.
struct PassingView : FrameView {
  explicit PassingView(const Frame& frame) { assign(frame, frame.is_application_payload); }
};

nghttp2_rcbuf* handle_of(SharedBytes* bytes) {
  return bytes;
}

uint8_t field_flags(const hpack::Field& field) {
  return field.never_index ? NGHTTP2_NV_FLAG_NO_INDEX : NGHTTP2_NV_FLAG_NONE;
}

}  // namespace

Status CallbackBridge::result(int value) const {
  return value == 0 && !muted_ ? Status::ok : Status::callback_failure;
}

Status CallbackBridge::field_result(int value) const {
  // Nearly always, and for every field.
  if (value == 0 && !muted_) return Status::ok;
  if (!muted_ && (value == NGHTTP2_ERR_PAUSE || value == NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE)) {
    return Status(value);
  }
  return result(value);
}

Status CallbackBridge::on_begin_frame(const FrameHead& head) {
  if (!callbacks_.on_begin_frame) return Status::ok;
  const nghttp2_frame_hd hd = to_c(head);
  return result(callbacks_.on_begin_frame(handle_, &hd, user_data));
}

Status CallbackBridge::on_begin_headers(const Frame& frame) {
  // It serves on_field as well, which comes many times.
  received_ = *PassingView(frame).get();
  if (!callbacks_.on_begin_headers) return Status::ok;
  const int value = callbacks_.on_begin_headers(handle_, &received_, user_data);
  if (value == NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE && !muted_) return Status(value);
  return result(value);
}

Status CallbackBridge::on_field(const Frame&, hpack::Inflater& inflater) {
  const hpack::Field& field = inflater.field();
  if (callbacks_.on_header2) {
    SharedBytes* name = inflater.name_handle();
    SharedBytes* value = inflater.value_handle();
    if (!name || !value) return Status::no_memory;
    return field_result(callbacks_.on_header2(handle_, &received_, handle_of(name),
                                              handle_of(value), field_flags(field), user_data));
  }
  if (!callbacks_.on_header) return Status::ok;
  return field_result(callbacks_.on_header(handle_, &received_, field.name.data(),
                                           field.name.size(), field.value.data(),
                                           field.value.size(), field_flags(field), user_data));
}

Status CallbackBridge::on_invalid_field(const Frame&, hpack::Inflater& inflater,
                                        FieldReceipt* receipt) {
  const hpack::Field& field = inflater.field();
  *receipt = rare_->on_invalid_header2 || rare_->on_invalid_header ? FieldReceipt::handled
                                                                   : FieldReceipt::unhandled;
  if (rare_->on_invalid_header2) {
    SharedBytes* name = inflater.name_handle();
    SharedBytes* value = inflater.value_handle();
    if (!name || !value) return Status::no_memory;
    return field_result(rare_->on_invalid_header2(handle_, &received_, handle_of(name),
                                                  handle_of(value), field_flags(field), user_data));
  }
  if (!rare_->on_invalid_header) return Status::ok;
  return field_result(rare_->on_invalid_header(handle_, &received_, field.name.data(),
                                               field.name.size(), field.value.data(),
                                               field.value.size(), field_flags(field), user_data));
}

Status CallbackBridge::on_data_chunk(uint8_t flags, int32_t stream_id, Bytes bytes) {
  if (!callbacks_.on_data_chunk_recv) return Status::ok;
  const int value = callbacks_.on_data_chunk_recv(handle_, flags, stream_id, bytes.data(),
                                                  bytes.size(), user_data);
  if (value == NGHTTP2_ERR_PAUSE && !muted_) return Status::pause;
  // Applications have always been able to return anything here; only fatal codes stop the session.
  return result(nghttp2_is_fatal(value) ? value : 0);
}

Status CallbackBridge::on_frame_received(const Frame& frame) {
  if (!callbacks_.on_frame_recv) return Status::ok;
  return result(callbacks_.on_frame_recv(handle_, PassingView(frame).get(), user_data));
}

Status CallbackBridge::on_invalid_frame(const Frame& frame, Status status) {
  if (!callbacks_.on_invalid_frame_recv) return Status::ok;
  return result(
      callbacks_.on_invalid_frame_recv(handle_, PassingView(frame).get(), to_c(status), user_data));
}

Status CallbackBridge::on_extension_chunk(const FrameHead& head, Bytes bytes) {
  if (!rare_->on_extension_chunk_recv) return Status::ok;
  const nghttp2_frame_hd hd = to_c(head);
  const int value =
      rare_->on_extension_chunk_recv(handle_, &hd, bytes.data(), bytes.size(), user_data);
  return value == NGHTTP2_ERR_CANCEL && !muted_ ? Status::cancel : result(value);
}

Status CallbackBridge::unpack_extension(const FrameHead& head, void** payload) {
  const nghttp2_frame_hd hd = to_c(head);
  const int value = rare_->unpack_extension(handle_, payload, &hd, user_data);
  return value == NGHTTP2_ERR_CANCEL && !muted_ ? Status::cancel : result(value);
}

Status CallbackBridge::on_stream_close(int32_t stream_id, uint32_t error_code) {
  if (muted_) return Status::callback_failure;
  if (!callbacks_.on_stream_close) return Status::ok;
  return result(callbacks_.on_stream_close(handle_, stream_id, error_code, user_data));
}

Status CallbackBridge::before_frame_send(const Frame& frame) {
  if (!callbacks_.before_frame_send) return Status::ok;
  const int value = callbacks_.before_frame_send(handle_, PassingView(frame).get(), user_data);
  return value == NGHTTP2_ERR_CANCEL && !muted_ ? Status::cancel : result(value);
}

Status CallbackBridge::on_frame_sent(const Frame& frame) {
  if (!callbacks_.on_frame_send) return Status::ok;
  return result(callbacks_.on_frame_send(handle_, PassingView(frame).get(), user_data));
}

Status CallbackBridge::on_frame_not_sent(const Frame& frame, Status status) {
  if (!callbacks_.on_frame_not_send) return Status::ok;
  return result(
      callbacks_.on_frame_not_send(handle_, PassingView(frame).get(), to_c(status), user_data));
}

int64_t CallbackBridge::select_padding(const Frame& frame, size_t max) {
  return rare_->select_padding2
             ? rare_->select_padding2(handle_, PassingView(frame).get(), max, user_data)
             : rare_->select_padding(handle_, PassingView(frame).get(), max, user_data);
}

int64_t CallbackBridge::body_read_limit(int32_t stream_id, int32_t session_window,
                                        int32_t stream_window, uint32_t max_frame_size) {
  return rare_->read_length2 ? rare_->read_length2(handle_, NGHTTP2_DATA, stream_id, session_window,
                                                   stream_window, max_frame_size, user_data)
                             : rare_->read_length(handle_, NGHTTP2_DATA, stream_id, session_window,
                                                  stream_window, max_frame_size, user_data);
}

BodyChunk CallbackBridge::read_body(BodySource& body, int32_t stream_id, MutableBytes room) {
  uint32_t flags = NGHTTP2_DATA_FLAG_NONE;
  BodyChunk chunk;
  const auto read = reinterpret_cast<nghttp2_data_source_read_callback2>(body.read);
  chunk.size = read(handle_, stream_id, room.data(), room.size(), &flags, &body.source, user_data);
  if (muted_) chunk.size = int64_t(Status::callback_failure);
  chunk.end_of_body = (flags & NGHTTP2_DATA_FLAG_EOF) != 0;
  chunk.keep_stream_open = (flags & NGHTTP2_DATA_FLAG_NO_END_STREAM) != 0;
  chunk.not_copied = (flags & NGHTTP2_DATA_FLAG_NO_COPY) != 0;
  if (chunk.not_copied && !callbacks_.send_data) chunk.size = int64_t(Status::callback_failure);
  return chunk;
}

Status CallbackBridge::send_body(const Frame& frame, const uint8_t* head, size_t length,
                                 BodySource& body) {
  const int value = callbacks_.send_data(handle_, PassingView(frame).get(), head, length,
                                         &body.source, user_data);
  switch (value) {
    case NGHTTP2_ERR_WOULDBLOCK:
    case NGHTTP2_ERR_PAUSE:
    case NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE:
      return muted_ ? Status::callback_failure : Status(value);
    default: return result(value);
  }
}

int64_t CallbackBridge::pack_extension(MutableBytes room, const Frame& frame) {
  return rare_->pack_extension2 ? rare_->pack_extension2(handle_, room.data(), room.size(),
                                                         PassingView(frame).get(), user_data)
                                : rare_->pack_extension(handle_, room.data(), room.size(),
                                                        PassingView(frame).get(), user_data);
}

Status CallbackBridge::on_error(Status status, const char* message, size_t length) {
  return result(callbacks_.error2
                    ? callbacks_.error2(handle_, to_c(status), message, length, user_data)
                    : rare_->error(handle_, message, length, user_data));
}

int64_t CallbackBridge::send(Bytes bytes) {
  const int64_t count = rare_->send2
                            ? rare_->send2(handle_, bytes.data(), bytes.size(), 0, user_data)
                            : rare_->send(handle_, bytes.data(), bytes.size(), 0, user_data);
  return muted_ ? int64_t(Status::callback_failure) : count;
}

int64_t CallbackBridge::receive(MutableBytes room) {
  const int64_t count = rare_->recv2 ? rare_->recv2(handle_, room.data(), room.size(), 0, user_data)
                                     : rare_->recv(handle_, room.data(), room.size(), 0, user_data);
  return muted_ ? int64_t(Status::callback_failure) : count;
}

}  // namespace nghttp2::api
