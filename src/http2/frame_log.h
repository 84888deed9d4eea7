// SPDX-License-Identifier: MIT
// The frame trace that -v prints: one block of lines per frame, time-stamped, both directions.
#pragma once

#include <nghttp2/nghttp2.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>

namespace http2 {

struct FrameLogOptions {
  std::FILE* out = stdout;
  bool colour = false;
  // 1: frames and fields; 2: also every piece of content with the flow-control counters.
  int verbosity = 1;
  // What every first line begins with, e.g. "[id=1] ".
  std::string prefix;
  // Time stamps count from here.
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
};

// Formats frames as they pass and writes each block in one call, so that several connections may
// share an output. What peers sent is escaped: a trace never carries terminal control sequences.
class FrameLog {
 public:
  explicit FrameLog(FrameLogOptions options) : options_(std::move(options)) {}

  void received(const nghttp2_frame& frame);
  void received_invalid(const nghttp2_frame& frame, int lib_error);
  void received_field(std::int32_t stream_id, std::string_view name, std::string_view value,
                      bool sensitive);
  void received_content(std::int32_t stream_id, std::size_t length, std::int32_t stream_received,
                        std::int32_t connection_received);
  void sent(const nghttp2_frame& frame);
  void error(std::string_view text);
  // After each received frame: what else is to be said below it. If there is something and the
  // frame has not been shown, its head comes first.
  void add_reasons(const nghttp2_frame_hd& head, std::span<const std::string> reasons);

  // A time-stamped line of its own.
  void note(std::string_view text);

  bool shows_content() const { return options_.verbosity >= 2; }

 private:
  enum class Direction { received, sent };

  void begin_line();
  void add_frame(Direction direction, const nghttp2_frame& frame);
  void add_head(Direction direction, const nghttp2_frame_hd& head);
  void add_payload(Direction direction, const nghttp2_frame& frame);
  void add_headers(Direction direction, const nghttp2_headers& frame);
  void add_settings(const nghttp2_settings& frame);
  void add_goaway(const nghttp2_goaway& frame);
  void add_extension(const nghttp2_extension& frame);
  void add_fields(const nghttp2_nv* fields, std::size_t count);
  void add_detail(std::string_view text);
  void add_coloured(std::string_view code, std::string_view text);
  void flush();

  FrameLogOptions options_;
  std::string block_;
  // Whether something of a received frame has been shown since add_reasons().
  bool is_shown_ = false;
};

// "CANCEL(0x08)", "unknown(0x1234)".
std::string error_code_text(std::uint32_t code);

}  // namespace http2
