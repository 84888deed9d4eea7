// SPDX-License-Identifier: MIT
// Forwards to the discipline in use.
#include "session/schedule/scheduler.h"

namespace nghttp2::session {

Status Scheduler::enter_tree(Node& node) {
  const bool was_active = node.is_active;
  urgency_.deactivate(node);
  const Status status = tree_.insert(node, nullptr, kDefaultWeight, false);
  if (status != Status::ok) {
    if (was_active) urgency_.activate(node);
    return status;
  }
  if (was_active) tree_.activate(node);
  return Status::ok;
}

void Scheduler::leave_tree(Node& node) {
  if (!node.dependency) return;
  const bool was_active = node.is_active;
  tree_.remove(node);
  if (was_active) urgency_.activate(node);
}

Status Scheduler::insert(Node& node) {
  return insert(node, nullptr, kDefaultWeight, false);
}

Status Scheduler::insert(Node& node, Node* parent, int32_t weight, bool exclusive) {
  urgency_.number(node);
  return uses_tree() ? tree_.insert(node, parent, weight, exclusive) : Status::ok;
}

void Scheduler::remove(Node& node) {
  if (uses_tree()) {
    tree_.remove(node);
  } else {
    urgency_.deactivate(node);
  }
}

void Scheduler::activate(Node& node) {
  uses_tree() ? tree_.activate(node) : urgency_.activate(node);
}

void Scheduler::deactivate(Node& node) {
  uses_tree() ? tree_.deactivate(node) : urgency_.deactivate(node);
}

void Scheduler::charge(Node& node, size_t bytes) {
  uses_tree() ? tree_.charge(node, bytes) : urgency_.charge(node, bytes);
}

Node* Scheduler::next() {
  return uses_tree() ? tree_.next() : urgency_.next();
}

void Scheduler::change_priority(Node& node, uint8_t urgency, bool incremental) {
  if (uses_tree()) {
    node.urgency = urgency;
    node.incremental = incremental;
  } else {
    urgency_.change(node, urgency, incremental);
  }
}

void Scheduler::change_dependency(Node& node, Node* parent, int32_t weight, bool exclusive) {
  if (uses_tree()) tree_.move(node, parent, weight, exclusive);
}

}  // namespace nghttp2::session
