// SPDX-License-Identifier: MIT
// The order of DATA by urgency and incremental delivery (RFC 9218 §10).
#include "session/schedule/urgency.h"

#include <map>

#include "support/check.h"

using nghttp2::session::Node;
using nghttp2::session::UrgencyQueue;

namespace {

class Streams {
 public:
  Node& open(int32_t stream_id, uint8_t urgency, bool incremental) {
    Node& node = nodes_[stream_id];
    node.stream_id = stream_id;
    node.urgency = urgency;
    node.incremental = incremental;
    queue.number(node);
    queue.activate(node);
    return node;
  }
  Node& operator[](int32_t stream_id) { return nodes_[stream_id]; }

  // Sends frames of so many octets and writes down whose they are.
  std::string send(size_t frames, size_t bytes) {
    std::string order;
    for (size_t i = 0; i < frames; ++i) {
      Node* node = queue.next();
      if (!node) return order + " -";
      order += " " + std::to_string(node->stream_id);
      queue.charge(*node, bytes);
    }
    return order;
  }

  UrgencyQueue queue;

 private:
  std::map<int32_t, Node> nodes_;
};

}  // namespace

TEST(schedule_urgency, nothing_to_send) {
  Streams streams;
  CHECK(streams.queue.next() == nullptr);
  Node& node = streams.open(1, 3, false);
  CHECK(node.is_active);
  streams.queue.activate(node);
  streams.queue.deactivate(node);
  streams.queue.deactivate(node);
  CHECK(!node.is_active);
  CHECK(streams.queue.next() == nullptr);
}

TEST(schedule_urgency, lower_values_first) {
  Streams streams;
  streams.open(1, 7, false);
  streams.open(3, 3, true);
  streams.open(5, 0, false);
  CHECK_STR(streams.send(2, 100), " 5 5");
  streams.queue.deactivate(streams[5]);
  CHECK_STR(streams.send(2, 100), " 3 3");
  streams.queue.deactivate(streams[3]);
  CHECK_STR(streams.send(1, 100), " 1");
}

TEST(schedule_urgency, one_after_the_other) {
  Streams streams;
  // A promised stream may be older than one with a lower identifier.
  streams.open(2, 3, false);
  streams.open(1, 3, false);
  CHECK_STR(streams.send(3, 16384), " 2 2 2");
  streams.queue.deactivate(streams[2]);
  CHECK_STR(streams.send(2, 16384), " 1 1");
  // Age counts, not when DATA came about.
  streams.queue.activate(streams[2]);
  CHECK_STR(streams.send(2, 16384), " 2 2");
}

TEST(schedule_urgency, taking_turns) {
  Streams streams;
  for (int32_t stream_id : {1, 3, 5})
    streams.open(stream_id, 3, true);
  CHECK_STR(streams.send(7, 1000), " 1 3 5 1 3 5 1");
}

TEST(schedule_urgency, turns_are_counted_in_octets) {
  Streams streams;
  streams.open(1, 3, true);
  streams.open(3, 3, true);
  CHECK_STR(streams.send(1, 3000), " 1");
  CHECK_STR(streams.send(4, 1000), " 3 3 3 1");
}

TEST(schedule_urgency, who_joins_starts_level_with_the_next) {
  Streams streams;
  streams.open(3, 3, true);
  streams.open(5, 3, true);
  CHECK_STR(streams.send(4, 1000), " 3 5 3 5");
  streams.open(7, 3, true);
  CHECK_STR(streams.send(4, 1000), " 3 5 7 3");
}

TEST(schedule_urgency, having_been_away_gains_nothing) {
  Streams streams;
  streams.open(1, 3, true);
  streams.open(3, 3, true);
  CHECK_STR(streams.send(1, 500), " 1");
  streams.queue.deactivate(streams[1]);
  CHECK_STR(streams.send(2, 100), " 3 3");
  streams.queue.activate(streams[1]);
  CHECK_STR(streams.send(6, 100), " 3 3 3 3 3 1");
}

TEST(schedule_urgency, changes) {
  Streams streams;
  streams.open(1, 3, false);
  streams.open(3, 3, false);
  streams.queue.change(streams[3], 2, false);
  CHECK_STR(streams.send(1, 100), " 3");
  streams.queue.change(streams[3], 4, true);
  CHECK_STR(streams.send(1, 100), " 1");
  // Of an inactive stream: it counts once the stream is active.
  streams.queue.deactivate(streams[3]);
  streams.queue.change(streams[3], 0, false);
  CHECK_STR(streams.send(1, 100), " 1");
  streams.queue.activate(streams[3]);
  CHECK_STR(streams.send(1, 100), " 3");
}

TEST(schedule_urgency, turns_survive_the_overflow_of_their_counter) {
  Streams streams;
  streams.open(1, 3, true);
  streams.open(3, 3, true);
  size_t frames[2] = {0, 0};
  for (int i = 0; i < 2000; ++i) {
    Node* node = streams.queue.next();
    ++frames[node->stream_id == 3];
    streams.queue.charge(*node, 0xffffff);
  }
  CHECK_EQ(frames[0], 1000u);
  CHECK_EQ(frames[1], 1000u);
}
