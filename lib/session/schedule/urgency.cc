// SPDX-License-Identifier: MIT
// One heap for each urgency, ordered by the amount each stream has had.
#include "session/schedule/urgency.h"

#include <bit>

#include "base/check.h"
#include "frame/rules.h"

namespace nghttp2::session {

void UrgencyQueue::activate(Node& node) {
  if (node.is_queued) return;
  Level& level = levels_[node.urgency];
  // Who joins in starts level with the one that is next, but does not gain by having been away.
  node.cycle = level.empty() ? 0 : level.first()->cycle;
  if (node.incremental) node.cycle += node.last_bytes;
  level.insert(&node);
  occupied_ |= 1u << node.urgency;
  node.is_active = node.is_queued = true;
}

void UrgencyQueue::deactivate(Node& node) {
  if (!node.is_queued) return;
  Level& level = levels_[node.urgency];
  level.remove(&node);
  if (level.empty()) occupied_ &= ~(1u << node.urgency);
  node.is_active = node.is_queued = false;
}

void UrgencyQueue::charge(Node& node, size_t bytes) {
  H2_ASSERT(node.is_queued);
  H2_ASSERT(bytes <= frame::kMaxMaxFrameSize);
  node.last_bytes = uint32_t(bytes);
  Level& level = levels_[node.urgency];
  if (!node.incremental || level.is_single()) return;
  level.remove(&node);
  node.cycle += node.last_bytes;
  level.insert(&node);
}

void UrgencyQueue::change(Node& node, uint8_t urgency, bool incremental) {
  H2_ASSERT(urgency < http::kUrgencyLevels);
  if (node.urgency == urgency && node.incremental == incremental) return;
  const bool was_queued = node.is_queued;
  deactivate(node);
  node.urgency = urgency;
  node.incremental = incremental;
  if (was_queued) activate(node);
}

Node* UrgencyQueue::next() const {
  return occupied_ ? levels_[std::countr_zero(occupied_)].first() : nullptr;
}

}  // namespace nghttp2::session
