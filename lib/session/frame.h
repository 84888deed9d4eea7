// SPDX-License-Identifier: MIT
// One frame as a value, in the way in which it is shown to the application.
#pragma once

#include "frame/frames.h"

namespace nghttp2::session {

// What a HEADERS frame means on its stream.
enum class HeadersCategory : uint8_t { request, response, push_response, headers };

// The fixed part of every type and the payload of one. Slices point to bytes that live as long as
// the callback for a received frame, or as the outbound item for a sent one.
struct Frame {
  struct Headers {
    PrioritySpec priority;
    Slice<const FieldView> fields;  // only of frames to be sent
    HeadersCategory category;
  };
  struct PushPromise {
    Slice<const FieldView> fields;  // only of frames to be sent
    int32_t promised_stream_id;
  };

  frame::FrameHead head;
  uint16_t padding = 0;                 // Pad Length field included
  bool is_application_payload = false;  // an extension frame that the application handles

  union {
    uint8_t none = 0;
    Headers headers;
    PrioritySpec priority;
    frame::RstStream rst_stream;
    Slice<const SettingsEntry> settings;
    PushPromise push_promise;
    frame::Ping ping;
    frame::Goaway goaway;
    frame::WindowUpdate window_update;
    frame::Altsvc altsvc;
    Slice<const OriginEntry> origin;
    frame::PriorityUpdate priority_update;
    void* extension;  // the application's own
  };

  Frame() {}
  explicit Frame(const frame::FrameHead& h) : head(h) {}

  frame::FrameType type() const { return frame::FrameType(head.type); }
  bool has(uint8_t flag) const { return (head.flags & flag) != 0; }
  // The stream whose life a HEADERS or PUSH_PROMISE frame is about.
  int32_t subject_stream_id() const {
    return type() == frame::FrameType::push_promise ? push_promise.promised_stream_id
                                                    : head.stream_id;
  }
};

inline constexpr PrioritySpec kDefaultPriority = {0, 16, 0};

}  // namespace nghttp2::session
