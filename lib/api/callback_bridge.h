// SPDX-License-Identifier: MIT
// Events of a session as calls of the application's C callbacks.
#pragma once

#include "api/callbacks.h"
#include "api/convert.h"
#include "session/events.h"
#include "session/session.h"

namespace nghttp2::api {

class CallbackBridge final : public session::Events {
 public:
  // `rare` outlives the bridge.
  CallbackBridge(nghttp2_session* handle, const UsualCallbacks& usual, const RareCallbacks& rare,
                 void* user_data)
      : user_data(user_data), callbacks_(usual), rare_(&rare), handle_(handle) {}

  Status on_begin_frame(const frame::FrameHead& head) override;
  Status on_begin_headers(const session::Frame& frame) override;
  Status on_field(const session::Frame& frame, hpack::Inflater& inflater) override;
  Status on_invalid_field(const session::Frame& frame, hpack::Inflater& inflater,
                          session::FieldReceipt* receipt) override;
  Status on_data_chunk(uint8_t flags, int32_t stream_id, Bytes bytes) override;
  Status on_frame_received(const session::Frame& frame) override;
  Status on_invalid_frame(const session::Frame& frame, Status status) override;
  Status on_extension_chunk(const frame::FrameHead& head, Bytes bytes) override;
  Status unpack_extension(const frame::FrameHead& head, void** payload) override;
  Status on_stream_close(int32_t stream_id, uint32_t error_code) override;
  Status before_frame_send(const session::Frame& frame) override;
  Status on_frame_sent(const session::Frame& frame) override;
  Status on_frame_not_sent(const session::Frame& frame, Status status) override;
  int64_t select_padding(const session::Frame& frame, size_t max) override;
  int64_t body_read_limit(int32_t stream_id, int32_t session_window, int32_t stream_window,
                          uint32_t max_frame_size) override;
  session::BodyChunk read_body(session::BodySource& body, int32_t stream_id,
                               MutableBytes room) override;
  Status send_body(const session::Frame& frame, const uint8_t* head, size_t length,
                   session::BodySource& body) override;
  int64_t pack_extension(MutableBytes room, const session::Frame& frame) override;
  Status on_error(Status status, const char* message, size_t length) override;

  bool selects_padding() const override { return rare_->select_padding2 || rare_->select_padding; }
  bool limits_body_reads() const override { return rare_->read_length2 || rare_->read_length; }
  bool unpacks_extensions() const override { return rare_->unpack_extension != nullptr; }
  bool packs_extensions() const { return rare_->pack_extension2 || rare_->pack_extension; }
  bool wants_errors() const override { return callbacks_.error2 || rare_->error; }
  bool has_send() const { return rare_->send2 || rare_->send; }
  bool has_recv() const { return rare_->recv2 || rare_->recv; }

  // The application's own I/O; a count, or a negative error code.
  int64_t send(Bytes bytes);
  int64_t receive(MutableBytes room);

  const RareCallbacks& rare() const { return *rare_; }

  // The application has deleted the session from inside a callback: no further call reaches it.
  void mute() { muted_ = true; }

  void* user_data;

 private:
  // What a callback's return value means when only some failures may be survived.
  Status result(int value) const;
  Status field_result(int value) const;

  const UsualCallbacks callbacks_;
  const RareCallbacks* rare_;
  nghttp2_session* handle_;
  // Of the header block that is being received: the fields come with it.
  nghttp2_frame received_;
  bool muted_ = false;
};

}  // namespace nghttp2::api
