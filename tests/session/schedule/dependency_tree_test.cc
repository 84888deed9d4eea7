// SPDX-License-Identifier: MIT
// The shape of the dependency tree, and who is served (RFC 7540 §5.3).
#include "session/schedule/dependency_tree.h"

#include <cmath>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <vector>

#include "support/alloc_probe.h"
#include "support/check.h"

using namespace nghttp2;
using session::DependencyTree;
using session::Node;
using support::AllocProbe;

namespace {

class Tree {
 public:
  explicit Tree(const Memory& memory = default_memory()) : allocator_(memory), tree(allocator_) {}

  void open(int32_t stream_id, int32_t parent = 0, int32_t weight = 16, bool exclusive = false) {
    auto node = std::make_unique<Node>();
    node->stream_id = stream_id;
    CHECK(tree.insert(*node, find(parent), weight, exclusive) == Status::ok);
    nodes[stream_id] = std::move(node);
  }
  void move(int32_t stream_id, int32_t parent, int32_t weight, bool exclusive = false) {
    tree.move(*find(stream_id), find(parent), weight, exclusive);
  }
  void close(int32_t stream_id) {
    tree.remove(*find(stream_id));
    nodes.erase(stream_id);
  }
  // Null for the root.
  Node* find(int32_t stream_id) { return stream_id ? nodes.at(stream_id).get() : nullptr; }

  std::string shape() { return children_of(tree.root()); }

  // Sends frames of so many octets; how many each stream got.
  std::map<int32_t, int> serve(int frames, size_t bytes = 1000) {
    std::map<int32_t, int> served;
    for (int i = 0; i < frames; ++i) {
      Node* node = tree.next();
      if (!node) break;
      ++served[node->stream_id];
      tree.charge(*node, bytes);
    }
    return served;
  }

 private:
  Allocator allocator_;

 public:
  std::map<int32_t, std::unique_ptr<Node>> nodes;  // they outlive the tree
  DependencyTree tree;

 private:
  static std::string children_of(const Node& node) {
    std::string text;
    int32_t sum = 0;
    const Node* previous = nullptr;
    for (const Node* child = DependencyTree::first_child(node); child;
         child = DependencyTree::next_sibling(*child)) {
      CHECK(DependencyTree::parent(*child) == &node);
      CHECK(DependencyTree::previous_sibling(*child) == previous);
      previous = child;
      sum += DependencyTree::weight(*child);
      text += (text.empty() ? "" : " ") + std::to_string(child->stream_id) + ":" +
              std::to_string(DependencyTree::weight(*child)) + children_of(*child);
    }
    CHECK_EQ(DependencyTree::sum_child_weight(node), sum);
    return text.empty() ? text : "(" + text + ")";
  }
};

}  // namespace

TEST(schedule_tree, insertion) {
  Tree tree;
  CHECK_STR(tree.shape(), "");
  tree.open(1, 0, 16);
  tree.open(3, 0, 200);
  tree.open(5, 1, 1);
  CHECK_STR(tree.shape(), "(3:200 1:16(5:1))");
  CHECK(DependencyTree::parent(tree.tree.root()) == nullptr);
  CHECK_EQ(tree.tree.root().stream_id, 0);
  // RFC 7540 §5.3.1: an exclusive stream becomes the only child.
  tree.open(7, 0, 10, true);
  CHECK_STR(tree.shape(), "(7:10(3:200 1:16(5:1)))");
}

TEST(schedule_tree, the_example_of_reprioritization) {
  // RFC 7540 §5.3.3, figure 5: A has children B and C; C has D and E; D has F; A moves below D.
  for (bool exclusive : {false, true}) {
    Tree tree;
    tree.open(1, 0);
    tree.open(3, 1);
    tree.open(5, 1);
    tree.open(7, 5);
    tree.open(9, 5);
    tree.open(11, 7);
    tree.move(1, 7, 16, exclusive);
    CHECK_STR(tree.shape(), exclusive ? "(7:16(1:16(5:16(9:16) 3:16 11:16)))"
                                      : "(7:16(1:16(5:16(9:16) 3:16) 11:16))");
  }
}

TEST(schedule_tree, moves) {
  Tree tree;
  tree.open(1);
  tree.open(3);
  tree.open(5, 3);
  tree.move(3, 1, 7);
  CHECK_STR(tree.shape(), "(1:16(3:7(5:16)))");
  tree.move(5, 0, 9);
  CHECK_STR(tree.shape(), "(5:9 1:16(3:7))");
  // The same parent: only the weight changes.
  tree.move(1, 0, 256);
  CHECK_STR(tree.shape(), "(5:9 1:256(3:7))");
  tree.move(1, 0, 2, true);
  CHECK_STR(tree.shape(), "(1:2(3:7 5:9))");
}

TEST(schedule_tree, closing_hands_weight_on) {
  // RFC 7540 §5.3.4.
  Tree tree;
  tree.open(1, 0, 100);
  tree.open(3, 0, 16);
  tree.open(5, 1, 30);
  tree.open(7, 1, 10);
  tree.open(9, 1, 1);
  tree.close(1);
  CHECK_STR(tree.shape(), "(3:16 9:2 7:24 5:73)");
  tree.close(3);
  tree.close(7);
  CHECK_STR(tree.shape(), "(9:2 5:73)");
}

TEST(schedule_tree, parents_are_served_first) {
  Tree tree;
  tree.open(1);
  tree.open(3, 1);
  tree.open(5, 3);
  tree.tree.activate(*tree.find(5));
  CHECK(tree.tree.next() == tree.find(5));
  tree.tree.activate(*tree.find(1));
  CHECK(tree.tree.next() == tree.find(1));
  tree.tree.activate(*tree.find(3));
  tree.tree.deactivate(*tree.find(1));
  CHECK(tree.tree.next() == tree.find(3));
  tree.tree.deactivate(*tree.find(3));
  CHECK(tree.tree.next() == tree.find(5));
  tree.tree.deactivate(*tree.find(5));
  CHECK(tree.tree.next() == nullptr);
}

TEST(schedule_tree, siblings_share_by_weight) {
  Tree tree;
  tree.open(1, 0, 1);
  tree.open(3, 0, 2);
  tree.open(5, 0, 4);
  for (int32_t stream_id : {1, 3, 5})
    tree.tree.activate(*tree.find(stream_id));
  auto served = tree.serve(700);
  CHECK(std::abs(served[1] - 100) <= 1);
  CHECK(std::abs(served[3] - 200) <= 1);
  CHECK(std::abs(served[5] - 400) <= 1);
}

TEST(schedule_tree, a_parent_without_data_lends_its_share) {
  Tree tree;
  tree.open(1, 0, 100);
  tree.open(3, 0, 50);
  tree.open(5, 1, 10);
  tree.open(7, 1, 30);
  for (int32_t stream_id : {3, 5, 7})
    tree.tree.activate(*tree.find(stream_id));
  auto served = tree.serve(600);
  CHECK(std::abs(served[3] - 200) <= 2);
  CHECK(std::abs(served[5] - 100) <= 2);
  CHECK(std::abs(served[7] - 300) <= 2);
}

TEST(schedule_tree, having_been_away_gains_nothing) {
  Tree tree;
  tree.open(1);
  tree.open(3);
  tree.tree.activate(*tree.find(1));
  tree.serve(1000);
  tree.tree.activate(*tree.find(3));
  auto served = tree.serve(100);
  CHECK(std::abs(served[1] - served[3]) <= 2);
  // Nor does leaving for a moment shed what a stream has had.
  tree.serve(1, 100000);
  Node* greedy = DependencyTree::first_child(tree.tree.root());
  for (int32_t stream_id : {1, 3}) {
    Node* node = tree.find(stream_id);
    if (node != tree.tree.next()) greedy = node;
  }
  tree.tree.deactivate(*greedy);
  tree.tree.activate(*greedy);
  served = tree.serve(50, 1000);
  CHECK_EQ(served[greedy->stream_id], 0);
}

TEST(schedule_tree, rounding_does_not_add_up) {
  Tree tree;
  tree.open(1, 0, 255);
  tree.open(3, 0, 254);
  tree.tree.activate(*tree.find(1));
  tree.tree.activate(*tree.find(3));
  auto served = tree.serve(50900, 1);
  CHECK(std::abs(served[1] - 25500) <= 2);
  CHECK(std::abs(served[3] - 25400) <= 2);
}

TEST(schedule_tree, random_changes_lose_nobody) {
  std::mt19937 random(7);
  Tree tree;
  std::vector<int32_t> open = {};
  std::set<int32_t> active;
  int32_t next_id = 1;
  for (int round = 0; round < 20000; ++round) {
    const auto any = [&] { return open[random() % open.size()]; };
    const int32_t weight = 1 + int32_t(random() % 256);
    const bool exclusive = random() % 4 == 0;
    const unsigned choice = random() % 10;
    if (open.empty() || (choice < 2 && open.size() < 60)) {
      const int32_t parent = open.empty() || random() % 3 == 0 ? 0 : any();
      tree.open(next_id, parent, weight, exclusive);
      open.push_back(next_id);
      next_id += 2;
    } else if (choice < 4) {
      const int32_t stream_id = any();
      const int32_t parent = random() % 3 == 0 ? 0 : any();
      if (parent != stream_id) tree.move(stream_id, parent, weight, exclusive);
    } else if (choice == 4) {
      const size_t index = random() % open.size();
      active.erase(open[index]);
      tree.close(open[index]);
      open.erase(open.begin() + long(index));
    } else if (choice < 8) {
      const int32_t stream_id = any();
      if (active.insert(stream_id).second) {
        tree.tree.activate(*tree.find(stream_id));
      } else {
        active.erase(stream_id);
        tree.tree.deactivate(*tree.find(stream_id));
      }
    }
    Node* node = tree.tree.next();
    CHECK_EQ(node != nullptr, !active.empty());
    if (!node) continue;
    CHECK(active.count(node->stream_id) == 1);
    for (Node* above = DependencyTree::parent(*node); above; above = DependencyTree::parent(*above))
      CHECK(!above->is_active);
    tree.tree.charge(*node, random() % 16385);
    if (round % 100 == 0) tree.shape();
  }
  // Everybody who is active is served in the end.
  while (Node* node = tree.tree.next()) {
    CHECK(active.erase(node->stream_id) == 1);
    tree.tree.deactivate(*node);
  }
  CHECK(active.empty());
}

namespace {

int depth_of(const Node& node) {
  int depth = 0;
  for (const Node* above = DependencyTree::parent(node); above;
       above = DependencyTree::parent(*above))
    ++depth;
  return depth;
}

}  // namespace

TEST(schedule_tree, long_chains_are_cut) {
  const int32_t count = 5000;
  // Each stream depends on the one before; only the last has data.
  Tree tree;
  for (int32_t i = 0; i < count; ++i)
    tree.open(2 * i + 1, i == 0 ? 0 : 2 * i - 1);
  Node& last = *tree.find(2 * count - 1);
  CHECK_EQ(depth_of(last), count);
  tree.tree.activate(last);
  CHECK(tree.tree.next() == &last);
  CHECK(depth_of(last) <= int(DependencyTree::kMaxDepth) + 1);
  tree.tree.charge(last, 1000);
  CHECK(tree.tree.next() == &last);
}

TEST(schedule_tree, long_chains_of_active_streams_are_cut) {
  const int32_t count = 1000;
  Tree tree;
  for (int32_t i = 0; i < count; ++i) {
    tree.open(2 * i + 1, i == 0 ? 0 : 2 * i - 1);
    tree.tree.activate(*tree.find(2 * i + 1));
  }
  for (int32_t i = 0; i + 1 < count; ++i)
    tree.tree.deactivate(*tree.find(2 * i + 1));
  Node& last = *tree.find(2 * count - 1);
  CHECK(tree.tree.next() == &last);
  CHECK(depth_of(last) <= int(DependencyTree::kMaxDepth) + 1);
}

TEST(schedule_tree, a_move_along_a_long_chain) {
  const int32_t count = 1000;
  Tree tree;
  for (int32_t i = 0; i < count; ++i)
    tree.open(2 * i + 1, i == 0 ? 0 : 2 * i - 1);
  tree.move(1, 2 * count - 1, 5);
  CHECK(DependencyTree::parent(*tree.find(1)) == tree.find(2 * count - 1));
  // No cycle has come about: everybody still depends on the root.
  for (const auto& [stream_id, node] : tree.nodes)
    CHECK(depth_of(*node) <= count);
}

TEST(schedule_tree, no_memory) {
  // Two nodes and the place of the root are all there is memory for.
  AllocProbe probe(AllocProbe::Failing::from_then_on, 3);
  {
    Tree tree(*probe.mem());
    tree.open(1);
    tree.open(3, 1);
    Node node;
    node.stream_id = 5;
    CHECK(tree.tree.insert(node, nullptr, 16, true) == Status::no_memory);
    CHECK(node.dependency == nullptr);
    CHECK_STR(tree.shape(), "(1:16(3:16))");
    // Nothing else allocates.
    tree.tree.activate(*tree.find(3));
    tree.move(1, 3, 8);
    CHECK_STR(tree.shape(), "(3:16(1:8))");
    CHECK(tree.tree.next() == tree.find(3));
    tree.close(3);
    CHECK_STR(tree.shape(), "(1:16)");
  }
  CHECK_STR(probe.complaint(), "");
}
