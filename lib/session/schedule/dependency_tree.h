// SPDX-License-Identifier: MIT
// The order of DATA by stream dependencies and weights (RFC 7540 §5.3).
#pragma once

#include "base/pool.h"
#include "base/status.h"
#include "session/schedule/node.h"

namespace nghttp2::session {

inline constexpr int32_t kDefaultWeight = 16;
inline constexpr int32_t kMaxWeight = 256;

bool ready_before(const Node& a, const Node& b);

// A node's place in the tree; exists only while the tree is in use.
struct Dependency {
  Node* parent = nullptr;
  Node* first_child = nullptr;
  Node* previous_sibling = nullptr;
  Node* next_sibling = nullptr;
  Heap<Node, &Node::ready, ready_before> ready_children;  // those with DATA at or below them
  uint64_t cycle = 0;         // what was sent at and below, divided by weight
  uint64_t served_cycle = 0;  // that of the child served last: where a child that joins starts
  int32_t weight = kDefaultWeight;  // 1 to 256
  int32_t sum_child_weight = 0;
  uint32_t owed = 0;  // the part of the last charge that weight did not divide
};

// Every inserted node is below one root. A node with DATA is served before those that depend on
// it; siblings share by weight. Only insert allocates. Walks are bounded: where a chain of
// dependencies is longer than kMaxDepth it is cut, and its lower part depends on the root from
// then on, which RFC 7540 §5.3.4 allows because priorities are advice.
class DependencyTree {
 public:
  static constexpr unsigned kMaxDepth = 100;

  explicit DependencyTree(const Allocator& allocator);
  DependencyTree(const DependencyTree&) = delete;
  DependencyTree& operator=(const DependencyTree&) = delete;
  // Takes out the nodes that are still inserted, which must still exist.
  ~DependencyTree();

  // A null parent is the root. Exclusive: the children of the parent become children of the node.
  [[nodiscard]] Status insert(Node& node, Node* parent, int32_t weight, bool exclusive);
  // Children go to the parent and share the weight of the node (RFC 7540 §5.3.4).
  void remove(Node& node);
  // Moves a node with what depends on it. A new parent that depends on the node takes the node's
  // place first (RFC 7540 §5.3.3). The parent must not be the node.
  void move(Node& node, Node* parent, int32_t weight, bool exclusive);

  void activate(Node& node);
  void deactivate(Node& node);
  void charge(Node& node, size_t bytes);
  bool has_active() const { return !root_.dependency->ready_children.empty(); }
  // May cut a chain, but changes nothing else.
  Node* next();

  // The C API looks at the tree through these. The root has stream identifier 0.
  Node& root() { return root_; }
  // Null for the root.
  static Node* parent(const Node& node) { return node.dependency->parent; }
  static Node* first_child(const Node& node) { return node.dependency->first_child; }
  static Node* next_sibling(const Node& node) { return node.dependency->next_sibling; }
  static Node* previous_sibling(const Node& node) { return node.dependency->previous_sibling; }
  static int32_t weight(const Node& node) { return node.dependency->weight; }
  static int32_t sum_child_weight(const Node& node) { return node.dependency->sum_child_weight; }

 private:
  void attach(Node& node, Node& parent, Node* after);
  void detach(Node& node);
  void enqueue(Node& node);
  void dequeue(Node& node);
  void place_below(Node& node, Node& parent, bool exclusive);
  bool depends_on(Node& node, const Node& ancestor);

  // Made with the first node: few connections use the tree.
  struct Places {
    explicit Places(const Allocator& allocator) : pool(allocator) {}

    Dependency root;
    Pool<Dependency, 64> pool;
  };
  static const Dependency kEmptyRoot;

  const Allocator* allocator_;
  Node root_;
  Places* places_ = nullptr;
};

}  // namespace nghttp2::session
