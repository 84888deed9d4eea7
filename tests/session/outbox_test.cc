// SPDX-License-Identifier: MIT
// The lanes of frames that wait to be sent.
#include "session/outbox.h"

#include "support/check.h"

using nghttp2::Allocator;
using nghttp2::default_memory;
using nghttp2::frame::FrameType;
using nghttp2::session::Lane;
using nghttp2::session::OutboundItem;
using nghttp2::session::Outbox;

namespace {

// Takes the next item out and says which stream it was for; -1: there was none.
int32_t pop_stream(Outbox& outbox, bool may_open_stream) {
  OutboundItem* item = outbox.pop(may_open_stream);
  if (!item) return -1;
  const int32_t stream_id = item->frame.head.stream_id;
  outbox.destroy(item);
  return stream_id;
}

}  // namespace

TEST(outbox, lanes_come_in_the_order_of_urgency) {
  const Allocator allocator(default_memory());
  Outbox outbox(allocator);
  outbox.push(outbox.create(FrameType::headers, 0, 3), Lane::opening);
  outbox.push(outbox.create(FrameType::rst_stream, 0, 2), Lane::control);
  outbox.push(outbox.create(FrameType::ping, 0, 0), Lane::urgent);
  CHECK_EQ(outbox.size(), 3u);
  CHECK_EQ(pop_stream(outbox, true), 0);
  CHECK_EQ(pop_stream(outbox, true), 2);
  CHECK_EQ(pop_stream(outbox, true), 3);
  CHECK_EQ(outbox.size(), 0u);
}

TEST(outbox, streams_are_not_opened_beyond_the_limit) {
  const Allocator allocator(default_memory());
  Outbox outbox(allocator);
  outbox.push(outbox.create(FrameType::headers, 0, 3), Lane::opening);
  CHECK(!outbox.has_next(false));
  CHECK_EQ(pop_stream(outbox, false), -1);
  CHECK(outbox.has_next(true));
}

TEST(outbox, waiting_requests_are_found_by_their_stream) {
  const Allocator allocator(default_memory());
  Outbox outbox(allocator);
  OutboundItem* item = outbox.create(FrameType::headers, 0, 5);
  outbox.push(outbox.create(FrameType::headers, 0, 3), Lane::opening);
  outbox.push(item, Lane::opening);
  CHECK(outbox.find_opening(5) == item);
  CHECK(outbox.find_opening(7) == nullptr);
}

TEST(outbox, what_still_waits_is_freed_with_the_outbox) {
  const Allocator allocator(default_memory());
  Outbox outbox(allocator);
  OutboundItem* item = outbox.create(FrameType::goaway, 0, 0);
  item->block = allocator.allocate(10);
  outbox.push(item, Lane::control);
  CHECK_EQ(outbox.size(), 1u);
}
