// SPDX-License-Identifier: MIT
// A header block on its way in: fragments become fields, fields are checked and reported
// (RFC 9113 §4.3, §8.2, §8.3).
#pragma once

#include "base/bytes.h"
#include "base/vocabulary.h"
#include "http/message_rules.h"
#include "session/frame.h"
#include "session/limits.h"
#include "session/verdict.h"

namespace nghttp2::session {

struct Session;
struct Stream;

// What the peer may put into one block.
HeaderBudget header_budget(const Session& session);

// The block of one HEADERS or PUSH_PROMISE frame and its CONTINUATION frames.
class HeaderBlock {
 public:
  // How its fields are treated.
  enum class Mode : uint8_t {
    deliver,
    decode_only,  // keeps the compression state in step (RFC 9113 §4.3); nothing is reported
  };

  void begin(Mode mode, const HeaderBudget& budget) {
    mode_ = mode;
    is_open_ = true;
    is_over_budget_ = false;
    left_ = budget;
  }
  void deliver_no_more() { mode_ = Mode::decode_only; }
  bool is_delivering() const { return mode_ == Mode::deliver; }
  // Between its first frame and the end of the one with END_HEADERS.
  bool is_open() const { return is_open_; }
  void close() { is_open_ = false; }

  // Decodes what it can; leaves in `fragment` what was not used when the verdict is pause.
  Verdict feed(Session& session, Bytes& fragment, bool last);
  // After the whole block: the message rules, then the report of the frame.
  Verdict finish(Session& session);

 private:
  // What the fields of one call of feed() have in common.
  struct Section;
  static Section section_of(Session& session);
  Verdict feed_within(HeaderBudget& left, Session& session, Bytes& fragment, bool last);
  Verdict exceed_budget();
  Status abandon_stream(Session& session);
  static http::FieldVerdict check_field(Session& session, const Section& section);
  static Verdict on_unusual_field(Session& session, http::FieldVerdict verdict);
  static Verdict deliver(Status status);
  static Status complain(Session& session, const char* what);
  static Verdict reject_field(Session& session);
  static Verdict report_invalid_field(Session& session);
  bool is_well_formed(Session& session);
  void apply_priority(Session& session, Stream& stream);

  Mode mode_ = Mode::decode_only;
  bool is_open_ = false;
  bool is_over_budget_ = false;
  HeaderBudget left_;
};

}  // namespace nghttp2::session
