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
  void activate(Node& node);
  void deactivate(Node& node);
  // The node has sent so many octets of payload.
  void charge(Node& node, size_t bytes);
  void change(Node& node, uint8_t urgency, bool incremental);
  Node* next() const;

 private:
  static bool before(const Node& a, const Node& b) {
    // Competitors are less than two frames apart, so that the difference survives overflow.
    return a.cycle != b.cycle ? int32_t(a.cycle - b.cycle) < 0 : a.stream_id < b.stream_id;
  }
  using Level = Heap<Node, &Node::ready, before>;

  Table<Level, http::kUrgencyLevels> levels_;
};

}  // namespace nghttp2::session
