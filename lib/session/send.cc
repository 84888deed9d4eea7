// SPDX-License-Identifier: MIT
// Bytes out: the loop that turns submissions into frames, one at a time. Nothing is serialised
// before it is its turn, so HPACK state is always in wire order.
#include "session/frame_table.h"
#include "session/send_data.h"

namespace nghttp2::session {

using frame::ErrorCode;
using frame::FrameType;

namespace {

constexpr char kMagic[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

bool carries_header_block(const Frame& frame) {
  return !frame.is_application_payload &&
         (frame.type() == FrameType::headers || frame.type() == FrameType::push_promise);
}

// The stream that the item was to open, 0 if none.
int32_t opened_stream(const OutboundItem& item) {
  if (item.frame.is_application_payload) return 0;
  if (item.frame.type() == FrameType::push_promise) {
    return item.frame.push_promise.promised_stream_id;
  }
  const bool is_request = item.frame.type() == FrameType::headers &&
                          item.frame.headers.category == HeadersCategory::request;
  return is_request ? item.frame.head.stream_id : 0;
}

}  // namespace

// What is in the wire buffer goes out one frame after the other: a header block may have needed
// several.
Bytes Session::present_frame() {
  const Bytes bytes = wire.bytes();
  const bool is_block = outbound.item && bytes.size() > frame::kFrameHeadSize &&
                        carries_header_block(outbound.item->frame);
  outbound.unsent = is_block ? frame::kFrameHeadSize + load_u24(bytes.data()) : bytes.size();
  return bytes.first(outbound.unsent);
}

Result<Bytes> Session::next_output() {
  if (outbound.unsent > 0) return wire.bytes().first(outbound.unsent);
  if (outbound.item) return present_frame();
  if (outbound.magic_pending) {
    wire.clear();
    if (!wire.append(literal(kMagic))) return Status::no_memory;
    outbound.magic_pending = false;
    return present_frame();
  }
  while (true) {
    if (outbound.has_data) {
      if (!outbound.data_not_copied) return present_frame();
      if (outbound.holds_uncopied) return Bytes();
      const Result<bool> sent = send_uncopied_data();
      if (!sent.ok()) return sent.status;
      if (!sent.value) return Bytes();
    }
    if (OutboundItem* item = outbox.pop(may_open_stream())) {
      if (Status status = write_item(item); status != Status::ok) return status;
      if (outbound.item) return present_frame();
      continue;
    }
    const Result<bool> data = write_next_data();
    if (!data.ok()) return data.status;
    if (!data.value) return nothing_to_send();
  }
}

// Room for DATA is a lot while bodies have nothing to say. Between one response and the next it
// stays: taking it anew would cost a small response a twentieth of its time.
Bytes Session::nothing_to_send() {
  if (outbound.room_in_vain) wire.reset();
  outbound.room_in_vain = false;
  return {};
}

// The application sends this DATA frame itself. True if the loop may look for more to do.
Result<bool> Session::send_uncopied_data() {
  const Frame& frame = outbound.data_frame;
  Stream* stream = streams.find(frame.head.stream_id);
  if (!stream) {
    outbound.has_data = false;
    return true;
  }
  const Status status =
      events.send_body(frame, wire.bytes().data(), frame.head.length - frame.padding, stream->body);
  switch (status) {
    case Status::would_block: return false;
    case Status::ok:
    case Status::pause:
      if (Status finished = finish_frame(); finished != Status::ok) return finished;
      return status == Status::ok;
    case Status::temporal_callback_failure: {
      outbound.has_data = false;
      stream = streams.find(frame.head.stream_id);
      if (!stream) return true;
      detach_body(*stream);
      const Status reset = queue_rst_stream(stream->stream_id, uint32_t(ErrorCode::internal_error));
      if (reset != Status::ok) return reset;
      return true;
    }
    default: return Status::callback_failure;
  }
}

// True if the loop may look for more to do.
Result<bool> Session::write_next_data() {
  if (send_window.available() <= 0) return false;
  Node* node = streams.scheduler.next();
  if (!node) return false;
  const Result<DataOutcome> outcome = write_data(*this, *static_cast<Stream*>(node));
  if (!outcome.ok()) return outcome.status;
  return outcome.value != DataOutcome::paused;
}

// Writes the item's frame; outbound.item stays null if it was not to be sent after all.
Status Session::write_item(OutboundItem* item) {
  const FrameHooks& hooks = send_hooks(*item);
  wire.clear();
  Status status = hooks.check ? hooks.check(*this, *item) : Status::ok;
  if (status == Status::ok) status = hooks.write(*this, *item);
  if (status == Status::ok) {
    status = events.before_frame_send(item->frame);
    if (is_fatal(status)) {
      outbox.destroy(item);
      return status;
    }
    if (status == Status::cancel && carries_header_block(item->frame)) {
      // The encoder's table has entries that the peer will never see: both empty theirs.
      const size_t table_size = deflater.max_dynamic_table_size();
      Status reset = deflater.change_table_size(0);
      if (reset == Status::ok) reset = deflater.change_table_size(table_size);
      if (reset != Status::ok) status = reset;
    }
  }
  if (status == Status::ok) {
    outbound.item = item;
    return Status::ok;
  }
  wire.clear();
  return drop_item(item, status);
}

Status Session::drop_item(OutboundItem* item, Status reason) {
  Status status = is_fatal(reason) ? reason : Status::ok;
  const FrameType type = item->frame.type();
  // The library answers for WINDOW_UPDATE and for resets that came too late by itself.
  const bool is_silent = !item->frame.is_application_payload && reason != Status::cancel &&
                         (type == FrameType::window_update ||
                          (type == FrameType::rst_stream && reason == Status::stream_closed));
  if (status == Status::ok && !is_silent &&
      events.on_frame_not_sent(item->frame, reason) != Status::ok) {
    outbox.destroy(item);
    return Status::callback_failure;
  }
  const int32_t stream_id = opened_stream(*item);
  if (stream_id > 0) {
    // A request that was not sent may be tried again (RFC 9113 §8.7).
    uint32_t code = uint32_t(ErrorCode::internal_error);
    if (type == FrameType::headers) code = uint32_t(ErrorCode::refused_stream);
    if (item->has(OutboundItem::kCanceled)) code = item->cancel_code;
    const Status closed = close_stream(stream_id, code);
    if (status == Status::ok) status = closed;
  }
  outbox.destroy(item);
  if (status == Status::ok && reason == Status::header_compression) {
    status = terminate(last_processed_stream_id, uint32_t(ErrorCode::internal_error),
                       "header compression failed");
  }
  return status;
}

void Session::keep_unsent(size_t count) {
  wire.consume(outbound.unsent - count);
  outbound.unsent = count;
}

Status Session::finish_frame() {
  wire.consume(outbound.unsent);
  outbound.unsent = 0;
  // CONTINUATION frames are still to come.
  if (outbound.item && !wire.empty()) return Status::ok;
  wire.clear();
  if (outbound.has_data) return data_sent(*this);
  if (!outbound.item) return Status::ok;
  OutboundItem* item = outbound.item;
  outbound.item = nullptr;
  Status status = Status::ok;
  if (events.on_frame_sent(item->frame) != Status::ok) status = Status::callback_failure;
  const FrameHooks& hooks = send_hooks(*item);
  if (status == Status::ok && hooks.sent) status = hooks.sent(*this, *item);
  outbox.destroy(item);
  return status;
}

}  // namespace nghttp2::session
