// SPDX-License-Identifier: MIT
// What a session reports to its application, and what it asks of it.
#pragma once

#include "base/bytes.h"
#include "hpack/inflater.h"
#include "session/frame.h"

namespace nghttp2::session {

// Where the bytes of DATA frames come from. The read function is the application's; only the
// implementation of Events::read_body knows its type.
struct BodySource {
  DataSource source;
  void (*read)();
};

// What read_body() found out besides the bytes.
struct BodyChunk {
  int64_t size = 0;               // bytes, or a negative Status
  bool end_of_body = false;       // nothing follows
  bool keep_stream_open = false;  // with end_of_body: no END_STREAM, trailers will follow
  bool not_copied = false;        // the bytes are sent by Events::send_body
};

enum class FieldReceipt : uint8_t { unhandled, handled };

// Every function has a default, so that an implementation states only what it cares about.
// Objects are never deleted through this class. A callback that fails returns callback_failure
// or another status that the comment names; anything else ends the session.
class Events {
 public:
  // Receiving, in the order in which things happen to one frame.
  virtual Status on_begin_frame(const frame::FrameHead&) { return Status::ok; }
  // May also return temporal_callback_failure: the stream is reset.
  virtual Status on_begin_headers(const Frame&) { return Status::ok; }
  // May also return pause and temporal_callback_failure. The field is lent by the inflater.
  virtual Status on_field(const Frame&, hpack::Inflater&) { return Status::ok; }
  // As on_field; *receipt says whether the application has a say in invalid fields at all.
  virtual Status on_invalid_field(const Frame&, hpack::Inflater&, FieldReceipt*) {
    return Status::ok;
  }
  // May also return pause.
  virtual Status on_data_chunk(uint8_t, int32_t, Bytes) { return Status::ok; }
  virtual Status on_frame_received(const Frame&) { return Status::ok; }
  virtual Status on_invalid_frame(const Frame&, Status) { return Status::ok; }
  // Extension frames; both may return cancel: the rest of the frame is skipped.
  virtual Status on_extension_chunk(const frame::FrameHead&, Bytes) { return Status::ok; }
  virtual Status unpack_extension(const frame::FrameHead&, void**) { return Status::cancel; }

  // Streams.
  virtual Status on_stream_close(int32_t, uint32_t) { return Status::ok; }

  // Sending. May return cancel: the frame is not sent.
  virtual Status before_frame_send(const Frame&) { return Status::ok; }
  virtual Status on_frame_sent(const Frame&) { return Status::ok; }
  virtual Status on_frame_not_sent(const Frame&, Status) { return Status::ok; }
  // The padded payload length wanted, from head.length to max; anything else is a failure.
  virtual int64_t select_padding(const Frame& frame, size_t) { return int64_t(frame.head.length); }
  // How much one DATA frame may carry; asked only if limits_body_reads().
  virtual int64_t body_read_limit(int32_t, int32_t, int32_t, uint32_t) { return 0; }
  virtual BodyChunk read_body(BodySource&, int32_t, MutableBytes) { return {}; }
  // Sends one DATA frame whose bytes were not copied. May return would_block, pause or
  // temporal_callback_failure.
  virtual Status send_body(const Frame&, const uint8_t*, size_t, BodySource&) {
    return Status::callback_failure;
  }
  // Bytes written, or cancel.
  virtual int64_t pack_extension(MutableBytes, const Frame&) { return int64_t(Status::cancel); }

  // Something went wrong that a human may want to read about.
  virtual Status on_error(Status, const char*, size_t) { return Status::ok; }

  // Which optional questions are worth asking.
  virtual bool selects_padding() const { return false; }
  virtual bool limits_body_reads() const { return false; }
  virtual bool unpacks_extensions() const { return false; }
  virtual bool wants_errors() const { return false; }

 protected:
  ~Events() = default;
};

}  // namespace nghttp2::session
