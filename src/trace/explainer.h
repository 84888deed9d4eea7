// SPDX-License-Identifier: MIT
// Which rules the frames of a server break, by a book-keeping of its own: nghttp --explain.
#pragma once

#include <cstdint>

#include "trace/breaches.h"
#include "trace/field_rules.h"
#include "trace/settings_rules.h"
#include "trace/sink.h"
#include "trace/stream_book.h"

namespace trace {

class Explainer {
 public:
  // Over TLS or not; before any frame.
  void set_secure(bool is_secure) { is_secure_ = is_secure; }
  // The upgrade that makes stream 1: the request's method, and the payload of its HTTP2-Settings.
  void upgraded(std::string_view method, Octets settings);

  void sent(const TracedFrame& traced);
  // Whether the frame goes on with a header block that has not ended, or should but does not.
  Breaches received(const TracedFrame& traced, bool interrupts_block, bool continues_block);

 private:
  // Frames in either direction.
  void sent_headers(const Frame& frame);
  void received_settings(const Frame& frame, Breaches& breaches);
  void received_data(const TracedFrame& traced, Breaches& breaches);
  void received_headers(const Frame& frame, Breaches& breaches);
  void received_promise(const TracedFrame& traced, Breaches& breaches);
  void received_reset(const Frame& frame, Breaches& breaches);
  void received_window_update(const Frame& frame, Breaches& breaches);
  void received_goaway(const Frame& frame, Breaches& breaches);

  // Streams.
  StreamRecord* check_stream(const FrameHead& head, Breaches& breaches);
  void check_place_in_stream(const FrameHead& head, const StreamRecord& stream, Breaches& breaches);
  void check_promise_parent(std::int32_t id, Breaches& breaches);
  void take_from_windows(const Frame& frame, StreamRecord* stream, Breaches& breaches);

  // Messages.
  void received_block(const HeaderBlock& block, Breaches& breaches);
  void received_response(StreamRecord& stream, const SectionFacts& facts, bool ends,
                         Breaches& breaches);
  void check_content(const StreamRecord& stream, bool ends, Breaches& breaches);

  bool is_secure_ = false;
  bool is_first_ = true;
  StreamBook streams_;
  OwnSettings own_;
  PeerSettings peers_;
  std::int64_t receive_window_ = 65535;
  std::int64_t send_window_ = 65535;
  std::int64_t peers_initial_window_ = 65535;
  std::int32_t last_goaway_ = 0x7fffffff;
};

}  // namespace trace
