// SPDX-License-Identifier: MIT
// What became of streams that are gone (RFC 9113 §5.1).
#include "session/stream_history.h"

#include "support/check.h"

using nghttp2::Allocator;
using nghttp2::default_memory;
using nghttp2::session::StreamHistory;
using Fate = StreamHistory::Fate;

TEST(stream_history, what_nothing_is_known_of_was_closed) {
  const Allocator allocator(default_memory());
  const StreamHistory history(allocator);
  CHECK(history.fate_of(1) == Fate::closed);
}

TEST(stream_history, passed_over_streams_are_those_of_one_initiator) {
  const Allocator allocator(default_memory());
  StreamHistory history(allocator);
  CHECK(history.note_passed_over(3, 7));
  CHECK(history.fate_of(1) == Fate::closed);
  CHECK(history.fate_of(3) == Fate::passed_over);
  CHECK(history.fate_of(4) == Fate::closed);
  CHECK(history.fate_of(7) == Fate::passed_over);
  CHECK(history.fate_of(9) == Fate::closed);
}

TEST(stream_history, passed_over_ranges_are_bounded) {
  const Allocator allocator(default_memory());
  StreamHistory history(allocator);
  for (int32_t i = 0; i < 1000; ++i)
    CHECK(history.note_passed_over(4 * i + 1, 4 * i + 1));
  CHECK(history.fate_of(1) == Fate::closed);
  CHECK(history.fate_of(4 * 999 + 1) == Fate::passed_over);
}

TEST(stream_history, streams_that_we_reset_are_remembered) {
  const Allocator allocator(default_memory());
  StreamHistory history(allocator);
  CHECK(history.note_reset(5));
  CHECK(history.fate_of(5) == Fate::reset_by_us);
  CHECK(history.fate_of(3) == Fate::closed);
}

TEST(stream_history, what_was_forgotten_is_judged_in_favour_of_the_peer) {
  const Allocator allocator(default_memory());
  StreamHistory history(allocator);
  const int32_t count = int32_t(StreamHistory::kMaxResets) + 10;
  for (int32_t i = 0; i < count; ++i)
    CHECK(history.note_reset(2 * i + 1));
  CHECK(history.fate_of(1) == Fate::reset_by_us);
  CHECK(history.fate_of(2 * count - 1) == Fate::reset_by_us);
  CHECK(history.fate_of(2 * count + 1) == Fate::closed);
}
