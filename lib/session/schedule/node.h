// SPDX-License-Identifier: MIT
// What a stream carries for the scheduler.
#pragma once

#include "base/heap.h"
#include "base/vocabulary.h"
#include "http/priority.h"

namespace nghttp2::session {

struct Dependency;

// Embedded in a stream; the scheduler never owns it. Only stream_id is set from outside, before
// the node is inserted; the rest is changed through the Scheduler.
struct Node : ::nghttp2_stream {
  HeapLink<Node> ready;              // among the nodes that compete with this one
  Dependency* dependency = nullptr;  // place in the dependency tree; null: not in the tree
  Node* implied_parent = nullptr;    // the root, for who asks before the tree is in use
  int32_t stream_id = 0;
  uint32_t cycle = 0;       // RFC 9218: what this node has had compared with its competitors
  uint32_t last_bytes = 0;  // of the last DATA frame
  uint32_t sequence = 0;    // its age among the nodes
  uint8_t urgency = http::kDefaultUrgency;  // RFC 9218: 0 is served first, 7 last
  bool incremental = false;
  bool is_active = false;  // has DATA that could be sent now
  bool is_queued = false;  // the node or something below it is active
};

}  // namespace nghttp2::session
