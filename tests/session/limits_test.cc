// SPDX-License-Identifier: MIT
// Counters against abusive peers. A rate of 0 never refills, so nothing here depends on time.
#include "session/limits.h"

#include "support/check.h"

using nghttp2::session::LimitOptions;
using nghttp2::session::Limits;
using nghttp2::session::Rate;
using nghttp2::session::RateLimit;

TEST(limits, a_bucket_is_empty_after_its_burst) {
  constexpr Rate kRate = {.burst = 3, .rate = 0};
  RateLimit limit(kRate);
  for (int i = 0; i < 3; ++i)
    CHECK(limit.drain(kRate, 1));
  CHECK(!limit.drain(kRate, 1));
}

TEST(limits, a_bucket_does_not_give_more_than_it_has) {
  constexpr Rate kRate = {.burst = 5, .rate = 0};
  RateLimit limit(kRate);
  CHECK(!limit.drain(kRate, 6));
  CHECK(limit.drain(kRate, 5));
}

TEST(limits, an_enormous_rate_does_not_overflow) {
  constexpr Rate kRate = {.burst = UINT64_MAX, .rate = UINT64_MAX};
  RateLimit limit(kRate);
  for (int i = 0; i < 10; ++i)
    CHECK(limit.drain(kRate, UINT64_MAX / 16));
}

TEST(limits, acknowledgements_are_counted_while_they_wait) {
  LimitOptions options;
  options.max_queued_acks = 2;
  Limits limits(options);
  limits.ack_queued();
  CHECK(limits.may_queue_ack());
  limits.ack_queued();
  CHECK(!limits.may_queue_ack());
  limits.ack_sent();
  CHECK(limits.may_queue_ack());
}

TEST(limits, continuations_are_counted_for_each_block) {
  LimitOptions options;
  options.max_continuations = 2;
  Limits limits(options);
  for (int block = 0; block < 3; ++block) {
    limits.begin_header_block();
    CHECK(limits.note_continuation());
    CHECK(limits.note_continuation());
    CHECK(!limits.note_continuation());
  }
}

TEST(limits, data_that_was_sent_gives_credit_for_window_updates) {
  LimitOptions options;
  options.control_frames = {.burst = 1, .rate = 0};
  Limits limits(options);
  limits.data_sent(256, false);
  limits.data_sent(255, false);
  limits.data_sent(0, true);
  for (int i = 0; i < 4 + 1; ++i)
    CHECK(limits.note_window_update());
  CHECK(!limits.note_window_update());
}

TEST(limits, settings_cost_more_with_many_streams) {
  LimitOptions options;
  options.control_frames = {.burst = 3, .rate = 0};
  Limits limits(options);
  CHECK(limits.note_settings(31));
  CHECK(!limits.note_settings(16));
  CHECK(limits.note_settings(15));
}

TEST(limits, the_defaults_are_the_documented_ones) {
  const LimitOptions options;
  CHECK_EQ(options.resets.burst, 1000u);
  CHECK_EQ(options.resets.rate, 33u);
  CHECK_EQ(options.glitches.burst, 10000u);
  CHECK_EQ(options.glitches.rate, 330u);
  CHECK_EQ(options.forced_resets.burst, 10000u);
  CHECK_EQ(options.forced_resets.rate, 330u);
  CHECK_EQ(options.control_frames.burst, 100000u);
  CHECK_EQ(options.control_frames.rate, 10000u);
  CHECK_EQ(options.small_data.burst, UINT64_MAX);
  CHECK_EQ(options.max_header_list_size, 1048576u);
  CHECK_EQ(options.max_header_fields, 10000u);
  CHECK_EQ(options.max_queued_acks, 1000u);
  CHECK_EQ(options.max_settings_entries, 32u);
  CHECK_EQ(options.max_continuations, 8u);
  CHECK_EQ(options.max_outbound_queue, 5000u);
  CHECK_EQ(options.max_send_header_block, 65536u);
  CHECK_EQ(options.max_reserved_remote_streams, 200u);
}
