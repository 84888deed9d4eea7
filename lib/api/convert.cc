// SPDX-License-Identifier: MIT
// Core values as the structs of the C API.
#include "api/convert.h"

namespace nghttp2::api {

using frame::FrameType;
using session::Frame;

namespace {

uint8_t* bytes_of(Bytes bytes) {
  return const_cast<uint8_t*>(bytes.data());
}
nghttp2_nv* fields_of(Slice<const FieldView> fields) {
  return const_cast<nghttp2_nv*>(fields.data());
}

}  // namespace

nghttp2_frame_hd to_c(const frame::FrameHead& head) {
  return {head.length, head.stream_id, head.type, head.flags, uint8_t(head.reserved)};
}

nghttp2_frame* FrameView::assign(const Frame& frame, bool application_frame) {
  frame_ = {};
  frame_.hd = to_c(frame.head);
  if (application_frame) {
    frame_.ext.payload = frame.extension;
    return &frame_;
  }
  switch (frame.type()) {
    case FrameType::data: frame_.data.padlen = frame.padding; break;
    case FrameType::headers:
      frame_.headers.padlen = frame.padding;
      frame_.headers.pri_spec = frame.headers.priority;
      frame_.headers.nva = fields_of(frame.headers.fields);
      frame_.headers.nvlen = frame.headers.fields.size();
      frame_.headers.cat = nghttp2_headers_category(frame.headers.category);
      break;
    case FrameType::priority: frame_.priority.pri_spec = frame.priority; break;
    case FrameType::rst_stream: frame_.rst_stream.error_code = frame.rst_stream.error_code; break;
    case FrameType::settings:
      frame_.settings.niv = frame.settings.size();
      frame_.settings.iv = const_cast<nghttp2_settings_entry*>(frame.settings.data());
      break;
    case FrameType::push_promise:
      frame_.push_promise.padlen = frame.padding;
      frame_.push_promise.nva = fields_of(frame.push_promise.fields);
      frame_.push_promise.nvlen = frame.push_promise.fields.size();
      frame_.push_promise.promised_stream_id = frame.push_promise.promised_stream_id;
      break;
    case FrameType::ping: std::memcpy(frame_.ping.opaque_data, frame.ping.opaque_data, 8); break;
    case FrameType::goaway:
      frame_.goaway.last_stream_id = frame.goaway.last_stream_id;
      frame_.goaway.error_code = frame.goaway.error_code;
      frame_.goaway.opaque_data = bytes_of(frame.goaway.debug_data);
      frame_.goaway.opaque_data_len = frame.goaway.debug_data.size();
      break;
    case FrameType::window_update:
      frame_.window_update.window_size_increment = frame.window_update.increment;
      break;
    default: assign_extension(frame); break;
  }
  return &frame_;
}

void FrameView::assign_extension(const Frame& frame) {
  switch (frame.type()) {
    case FrameType::altsvc:
      altsvc_ = {bytes_of(frame.altsvc.origin), frame.altsvc.origin.size(),
                 bytes_of(frame.altsvc.field_value), frame.altsvc.field_value.size()};
      frame_.ext.payload = &altsvc_;
      break;
    case FrameType::origin:
      origin_ = {frame.origin.size(), const_cast<nghttp2_origin_entry*>(frame.origin.data())};
      frame_.ext.payload = &origin_;
      break;
    case FrameType::priority_update:
      priority_update_ = {frame.priority_update.prioritized_stream_id,
                          bytes_of(frame.priority_update.field_value),
                          frame.priority_update.field_value.size()};
      frame_.ext.payload = &priority_update_;
      break;
    default: break;
  }
}

}  // namespace nghttp2::api
