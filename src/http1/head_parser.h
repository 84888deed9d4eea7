// SPDX-License-Identifier: MIT
// Reads the head of a request or a response, or trailers, line by line as they come.
#pragma once

#include <cstddef>
#include <string_view>

#include "http1/message.h"

namespace http1 {

// Strict, since what two parsers read differently is how requests are smuggled: lines end with CR
// LF, names touch their colon, no line is folded, numbers are digits, and nothing is repaired. Two
// things are let pass: one empty line before a request (RFC 9112 §2.2), and a status line that ends
// right after its code.
class HeadParser {
 public:
  enum class State { incomplete, complete, malformed };

  explicit HeadParser(MessageKind kind, const Limits& limits = {});

  // Takes whole lines off the front of `input` and says how many octets those were. What is left is
  // to be shown again, with more behind it; after the end of the head nothing more is taken.
  std::size_t feed(std::string_view input);

  State state() const { return state_; }
  // Whether nothing has been taken yet.
  bool is_untouched() const { return taken_ == 0; }
  // Why the state is malformed.
  const Fault& fault() const { return fault_; }
  // The head, once it is complete.
  MessageHead take() { return std::move(message_); }

 private:
  void take_line(std::string_view line);
  void take_request_line(std::string_view line);
  void take_status_line(std::string_view line);
  void take_target(std::string_view target);
  void take_field_line(std::string_view line);
  bool take_version(std::string_view text);
  void finish();
  void settle_host();
  void check_beginning(std::string_view input);
  void check_length(std::size_t pending);
  void refuse(int status, std::string text);
  bool failed() const { return state_ == State::malformed; }

  MessageKind kind_;
  Limits limits_;
  State state_ = State::incomplete;
  Fault fault_;
  MessageHead message_;
  bool start_line_seen_ = false;
  bool empty_line_skipped_ = false;
  std::size_t taken_ = 0;
  // How much of the unfinished line has been searched for its end.
  std::size_t searched_ = 0;
  std::size_t fields_ = 0;
};

}  // namespace http1
