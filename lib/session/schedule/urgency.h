// SPDX-License-Identifier: MIT
// The order of DATA by urgency and incremental delivery (RFC 9218 §10).
#pragma once

#include "base/table.h"
#include "session/schedule/node.h"

namespace nghttp2::session {

// Lower urgency values go first. Within one level the streams take turns by the amount they have
// had; one that is not incremental is not charged and so keeps its turn until it has finished.
class UrgencyQueue {
 public:
  // Once for each node, when its stream comes about: of those that are level the older goes first.
  void number(Node& node) { node.sequence = next_sequence_++; }
  void activate(Node& node);
  void deactivate(Node& node);
  // The node has sent so many octets of payload.
  void charge(Node& node, size_t bytes);
  void change(Node& node, uint8_t urgency, bool incremental);
  Node* next() const;

 private:
  static bool before(const Node& a, const Node& b) {
    // Both counters may overflow: competitors are less than two frames apart, and younger than two
    // thousand million streams.
    if (a.cycle != b.cycle) return int32_t(a.cycle - b.cycle) < 0;
    return int32_t(a.sequence - b.sequence) < 0;
  }
  using Level = Heap<Node, &Node::ready, before>;

  Table<Level, http::kUrgencyLevels> levels_;
  uint32_t occupied_ = 0;  // one bit for each level that is not empty: asked for every frame
  uint32_t next_sequence_ = 0;
};

}  // namespace nghttp2::session
