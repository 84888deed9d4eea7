// SPDX-License-Identifier: MIT
// Flow-control windows (RFC 9113 §5.2, §6.9).
#include "session/flow_window.h"

#include "support/check.h"

using nghttp2::session::kMaxWindow;
using nghttp2::session::RecvWindow;
using nghttp2::session::SendWindow;

TEST(flow_window, send_window_spends_and_widens) {
  SendWindow window(100);
  window.spend(60);
  CHECK_EQ(window.available(), 40);
  CHECK(window.widen(10));
  CHECK_EQ(window.available(), 50);
}

TEST(flow_window, send_window_may_become_negative) {
  SendWindow window(100);
  window.spend(100);
  CHECK(window.widen(-70));
  CHECK_EQ(window.available(), -70);
}

TEST(flow_window, send_window_refuses_overflow_without_effect) {
  SendWindow window(kMaxWindow);
  CHECK(!window.widen(1));
  CHECK_EQ(window.available(), kMaxWindow);
}

TEST(flow_window, received_bytes_are_bounded_by_the_limit) {
  RecvWindow window(100);
  CHECK(window.receive(100));
  CHECK(!window.receive(1));
  CHECK_EQ(window.received(), 100);
  CHECK_EQ(window.available(), 0);
}

TEST(flow_window, an_automatic_update_is_due_at_half_the_limit) {
  RecvWindow window(100);
  CHECK(window.receive(49));
  CHECK_EQ(window.take_automatic_update(), 0);
  CHECK(window.receive(1));
  CHECK_EQ(window.take_automatic_update(), 50);
  CHECK_EQ(window.received(), 0);
  CHECK_EQ(window.take_automatic_update(), 0);
}

TEST(flow_window, a_manual_update_returns_what_was_consumed) {
  RecvWindow window(100);
  CHECK(window.receive(80));
  CHECK_EQ(window.take_manual_update(), 0);
  CHECK(window.consume(60));
  CHECK_EQ(window.take_manual_update(), 60);
  CHECK_EQ(window.received(), 20);
}

TEST(flow_window, consuming_more_than_was_received_returns_only_that) {
  RecvWindow window(100);
  CHECK(window.receive(50));
  CHECK(window.consume(90));
  CHECK_EQ(window.take_manual_update(), 50);
}

TEST(flow_window, consuming_is_checked_for_overflow) {
  RecvWindow window(100);
  CHECK(window.consume(size_t(kMaxWindow)));
  CHECK(!window.consume(1));
  CHECK(!window.consume(SIZE_MAX));
}

TEST(flow_window, an_increment_first_returns_what_was_received) {
  RecvWindow window(100);
  CHECK(window.receive(30));
  int32_t announce;
  CHECK(window.adjust(20, &announce));
  CHECK_EQ(announce, 20);
  CHECK_EQ(window.received(), 10);
  CHECK_EQ(window.limit(), 100);
}

TEST(flow_window, an_increment_beyond_what_was_received_raises_the_limit) {
  RecvWindow window(100);
  CHECK(window.receive(30));
  int32_t announce;
  CHECK(window.adjust(50, &announce));
  CHECK_EQ(announce, 50);
  CHECK_EQ(window.received(), 0);
  CHECK_EQ(window.limit(), 120);
}

TEST(flow_window, a_decrement_is_withheld_from_later_increments) {
  RecvWindow window(100);
  int32_t announce;
  CHECK(window.adjust(-40, &announce));
  CHECK_EQ(announce, 0);
  CHECK_EQ(window.limit(), 60);
  CHECK_EQ(window.received(), -40);
  // The peer still has its 100: only what exceeds the withheld part is news to it.
  CHECK(window.set_limit(110, &announce));
  CHECK_EQ(announce, 10);
  CHECK_EQ(window.limit(), 110);
  CHECK_EQ(window.received(), 0);
}

TEST(flow_window, the_limit_cannot_become_negative_or_overflow) {
  RecvWindow window(100);
  int32_t announce;
  CHECK(!window.adjust(-101, &announce));
  CHECK(!window.adjust(INT32_MIN, &announce));
  CHECK(!window.adjust(kMaxWindow, &announce));
  CHECK_EQ(window.limit(), 100);
}

TEST(flow_window, settings_move_the_limit_and_may_make_it_negative) {
  RecvWindow window(100);
  CHECK(window.receive(80));
  CHECK(window.shift_limit(-150));
  CHECK_EQ(window.limit(), -50);
  CHECK_EQ(window.available(), 0);
  CHECK(!window.shift_limit(int64_t(kMaxWindow) + 51));
}

TEST(flow_window, a_limit_below_what_arrived_makes_an_update_due) {
  RecvWindow window(100);
  CHECK(window.receive(90));
  CHECK(window.shift_limit(-80));
  CHECK(window.receive(0));
  CHECK(!window.receive(1));
  CHECK_EQ(window.take_automatic_update(), 90);
}
