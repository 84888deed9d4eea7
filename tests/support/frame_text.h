// SPDX-License-Identifier: MIT
// Frames as one readable line each: those the library shows and those it emits.
#pragma once

#include <nghttp2/nghttp2.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/wire.h"

namespace support {

// Type, stream and flags: "HEADERS 1 END_STREAM END_HEADERS".
std::string describe(const nghttp2_frame_hd& head);

// A frame given to a callback. `fields` tells whether the field list is written out.
std::string describe(const nghttp2_frame& frame, bool with_fields = false);

// Reads what a session emits and checks that it is well formed: lengths, reserved bits, padding,
// unbroken header blocks, valid HPACK. A violation is a line that begins with "VIOLATION".
class OutputReader {
 public:
  OutputReader();
  OutputReader(const OutputReader&) = delete;
  OutputReader& operator=(const OutputReader&) = delete;
  ~OutputReader();

  // Takes emitted bytes; returns one line a complete frame. HEADERS and PUSH_PROMISE are one line
  // with their CONTINUATION frames and show the decoded fields.
  std::vector<std::string> read(std::string_view bytes);

  // A SETTINGS frame that the session is given; its HEADER_TABLE_SIZE holds from the ACK on.
  void expect_settings(const std::vector<Setting>& entries);

  // Debug data worth showing: what the application gave. The library's own wording is free.
  void expect_debug_data(std::string_view debug_data);

  // True when no incomplete frame or header block is left over.
  bool is_at_frame_boundary() const { return buffer_.empty() && block_line_.empty(); }

 private:
  std::string read_frame(const nghttp2_frame_hd& head, std::string_view payload);
  std::string describe_payload(const nghttp2_frame_hd& head, std::string_view payload);
  std::string begin_block(const nghttp2_frame_hd& head, std::string_view payload);
  std::string add_to_block(const nghttp2_frame_hd& head, std::string_view fragment);
  std::string decode_block();

  nghttp2_hd_inflater* inflater_ = nullptr;
  std::string buffer_;
  std::string block_;
  std::string block_line_;
  std::int32_t block_stream_ = 0;
  unsigned continuation_count_ = 0;
  std::vector<std::optional<std::uint32_t>> table_sizes_;
  std::vector<std::string> debug_data_;
};

}  // namespace support
