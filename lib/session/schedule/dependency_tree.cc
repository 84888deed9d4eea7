// SPDX-License-Identifier: MIT
// Weighted fair queueing at every node of the tree. Nothing here recurses.
#include "session/schedule/dependency_tree.h"

#include "base/check.h"

namespace nghttp2::session {
namespace {

Dependency& place(const Node& node) {
  H2_ASSERT(node.dependency);
  return *node.dependency;
}

bool has_ready(const Node& node) {
  return node.is_active || !place(node).ready_children.empty();
}

// Puts a node among the ready children of its parent. It starts no earlier than the one served
// last, so that having been away gains nothing, and keeps what it owes.
void join_siblings(Node& node) {
  Dependency& own = place(node);
  Dependency& parent = place(*own.parent);
  if (own.cycle < parent.served_cycle) own.cycle = parent.served_cycle;
  parent.ready_children.insert(&node);
  node.is_queued = true;
}

// Makes node a child of parent, behind the child `after`, or the first one for null.
void link(Node& node, Node& parent, Node* after) {
  Dependency& own = place(node);
  Dependency& above = place(parent);
  own.parent = &parent;
  own.previous_sibling = after;
  own.next_sibling = after ? place(*after).next_sibling : above.first_child;
  if (own.next_sibling) place(*own.next_sibling).previous_sibling = &node;
  if (after) {
    place(*after).next_sibling = &node;
  } else {
    above.first_child = &node;
  }
  above.sum_child_weight += own.weight;
  // Cycles compare siblings only.
  own.cycle = above.served_cycle;
  own.owed = 0;
}

void unlink(Node& node) {
  Dependency& own = place(node);
  Dependency& above = place(*own.parent);
  if (own.previous_sibling) {
    place(*own.previous_sibling).next_sibling = own.next_sibling;
  } else {
    above.first_child = own.next_sibling;
  }
  if (own.next_sibling) place(*own.next_sibling).previous_sibling = own.previous_sibling;
  above.sum_child_weight -= own.weight;
  own.parent = own.previous_sibling = own.next_sibling = nullptr;
}

Node* last_child(const Node& node) {
  Node* child = place(node).first_child;
  while (child && place(*child).next_sibling)
    child = place(*child).next_sibling;
  return child;
}

}  // namespace

bool ready_before(const Node& a, const Node& b) {
  const uint64_t x = place(a).cycle;
  const uint64_t y = place(b).cycle;
  return x != y ? x < y : a.stream_id < b.stream_id;
}

// Looked at as long as there is no other one, and never written to.
constinit const Dependency DependencyTree::kEmptyRoot;

DependencyTree::DependencyTree(const Allocator& allocator) : allocator_(&allocator) {
  root_.dependency = const_cast<Dependency*>(&kEmptyRoot);
}

DependencyTree::~DependencyTree() {
  while (Node* leaf = root_.dependency->first_child) {
    while (Node* below = place(*leaf).first_child)
      leaf = below;
    unlink(*leaf);
    places_->pool.destroy(leaf->dependency);
    leaf->dependency = nullptr;
  }
  allocator_->destroy(places_);
}

// Makes a node and those above it known as ready, up to one that already is.
void DependencyTree::enqueue(Node& node) {
  Node* next = &node;
  for (unsigned depth = 0; next != &root_ && !next->is_queued; ++depth) {
    if (depth >= kMaxDepth && place(*next).parent != &root_) {
      unlink(*next);
      link(*next, root_, nullptr);
    }
    join_siblings(*next);
    next = place(*next).parent;
  }
}

// The opposite, up to one that is ready for another reason.
void DependencyTree::dequeue(Node& node) {
  Node* next = &node;
  do {
    Node* const parent = place(*next).parent;
    place(*parent).ready_children.remove(next);
    next->is_queued = false;
    next = parent;
  } while (next != &root_ && !has_ready(*next));
}

void DependencyTree::attach(Node& node, Node& parent, Node* after) {
  link(node, parent, after);
  if (has_ready(node)) enqueue(node);
}

void DependencyTree::detach(Node& node) {
  if (node.is_queued) dequeue(node);
  unlink(node);
}

// Makes node the first child of parent, or its only one if exclusive: the others then follow those
// that node has already.
void DependencyTree::place_below(Node& node, Node& parent, bool exclusive) {
  attach(node, parent, nullptr);
  if (!exclusive) return;
  Node* after = last_child(node);
  while (Node* sibling = place(node).next_sibling) {
    detach(*sibling);
    attach(*sibling, node, after);
    after = sibling;
  }
}

Status DependencyTree::insert(Node& node, Node* parent, int32_t weight, bool exclusive) {
  H2_ASSERT(!node.dependency && parent != &node);
  H2_ASSERT(weight >= 1 && weight <= kMaxWeight);
  if (!places_) {
    places_ = allocator_->create<Places>(*allocator_);
    if (!places_) return Status::no_memory;
    root_.dependency = &places_->root;
  }
  node.dependency = places_->pool.create();
  if (!node.dependency) return Status::no_memory;
  node.is_active = node.is_queued = false;
  place(node).weight = weight;
  place_below(node, parent ? *parent : root_, exclusive);
  return Status::ok;
}

void DependencyTree::remove(Node& node) {
  H2_ASSERT(&node != &root_);
  deactivate(node);
  Dependency& own = place(node);
  Node& above = *own.parent;
  const int32_t weight = own.weight;
  const int32_t sum = own.sum_child_weight;
  while (Node* child = own.first_child) {
    detach(*child);
    const int32_t share = int32_t(int64_t(place(*child).weight) * weight / sum);
    place(*child).weight = share > 0 ? share : 1;
    attach(*child, above, own.previous_sibling);
  }
  detach(node);
  places_->pool.destroy(node.dependency);
  node.dependency = nullptr;
}

// Walks up from node. A cut on the way is one between the two.
bool DependencyTree::depends_on(Node& node, const Node& ancestor) {
  Node* next = &node;
  for (unsigned depth = 0; next != &root_; ++depth) {
    if (next == &ancestor) return true;
    if (depth >= kMaxDepth && place(*next).parent != &root_) {
      detach(*next);
      attach(*next, root_, nullptr);
    }
    next = place(*next).parent;
  }
  return false;
}

void DependencyTree::move(Node& node, Node* parent, int32_t weight, bool exclusive) {
  H2_ASSERT(&node != &root_ && &node != parent);
  H2_ASSERT(weight >= 1 && weight <= kMaxWeight);
  Node& above = parent ? *parent : root_;
  if (&above != &root_ && depends_on(above, node)) {
    Node& old_parent = *place(node).parent;
    detach(above);
    attach(above, old_parent, nullptr);
  }
  if (place(node).parent == &above && !exclusive) {
    place(above).sum_child_weight += weight - place(node).weight;
    place(node).weight = weight;
    return;
  }
  detach(node);
  place(node).weight = weight;
  place_below(node, above, exclusive);
}

void DependencyTree::activate(Node& node) {
  if (node.is_active) return;
  node.is_active = true;
  enqueue(node);
}

void DependencyTree::deactivate(Node& node) {
  if (!node.is_active) return;
  node.is_active = false;
  if (!has_ready(node)) dequeue(node);
}

void DependencyTree::charge(Node& node, size_t bytes) {
  H2_ASSERT(node.is_active);
  for (Node* next = &node; next != &root_; next = place(*next).parent) {
    Dependency& own = place(*next);
    Dependency& above = place(*own.parent);
    above.ready_children.remove(next);
    if (above.served_cycle < own.cycle) above.served_cycle = own.cycle;
    const uint64_t amount = uint64_t(bytes) * kMaxWeight + own.owed;
    own.cycle += amount / uint64_t(own.weight);
    own.owed = uint32_t(amount % uint64_t(own.weight));
    above.ready_children.insert(next);
  }
}

Node* DependencyTree::next() {
  Node* node = &root_;
  for (unsigned depth = 0; node && !node->is_active; ++depth) {
    node = place(*node).ready_children.first();
    if (node && depth >= kMaxDepth) {
      detach(*node);
      attach(*node, root_, nullptr);
      depth = 0;
    }
  }
  return node;
}

}  // namespace nghttp2::session
