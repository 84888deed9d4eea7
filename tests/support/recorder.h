// SPDX-License-Identifier: MIT
// Turns what a session tells its application into one readable line an event.
#pragma once

#include <nghttp2/nghttp2.h>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/frame_text.h"
#include "support/newer_api.h"

namespace support {

// Callbacks that are set only on request, because setting them changes what the library does or
// because they would fill the log.
struct OptionalCallbacks {
  bool begin_frame = false;
  bool invalid_header = false;
  bool invalid_header2 = false;
  bool header2 = false;
  bool before_send = false;
  bool sent = false;
  bool error = false;
  bool extension = false;
  std::optional<std::size_t> padding;      // octets added to each padded frame
  std::optional<std::size_t> read_length;  // what one read of a body may give
};

class Recorder {
 public:
  // Decides what the callback that reports `event` returns; empty for 0.
  using Hook = std::function<std::optional<int>(const std::string& event)>;

  // The session's user data must be this object.
  nghttp2_session_callbacks* make_callbacks(Twins twins) const;
  void set_hook(Hook hook) { hook_ = std::move(hook); }

  // Adds a line that is not an event of the library.
  void note(std::string line);
  std::vector<std::string> take_lines();

  // Lines are dropped while quiet.
  void set_quiet(bool quiet);

  // Takes what the session sends. The frames are noted as "< FRAME" lines: by `flush_output`, or
  // before the next event that does not report that very frame as sent.
  void emit(std::string_view bytes);
  void flush_output();

  OutputReader output;
  // What the receive callback may read.
  std::string input;
  // The most that one call of the receive callback gives and of the send callback takes; 0 is all.
  std::size_t io_chunk = 0;
  OptionalCallbacks wanted;

  // Reports an event and asks the hook.
  int event(const std::string& line);
  // As `event` for bytes that come in pieces of any size: neighbours become one line.
  int piece(const std::string& head, std::string_view bytes);
  // A header field, "name: value"; the fields of a block become one line. The hook is asked for
  // each, as "header STREAM name: value".
  int field(std::int32_t stream_id, const std::string& text);

 private:
  void add(std::string line);
  void flush_group();

  std::vector<std::string> lines_;
  std::vector<std::string> emitted_;
  std::string group_head_;
  std::string pieces_;
  std::string fields_;
  Hook hook_;
  bool quiet_ = false;
};

}  // namespace support
