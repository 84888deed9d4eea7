// SPDX-License-Identifier: MIT
// Whose DATA goes next: one interface to the two disciplines, RFC 9218 urgency and the RFC 7540
// dependency tree.
#pragma once

#include "session/schedule/dependency_tree.h"
#include "session/schedule/urgency.h"

namespace nghttp2::session {

enum class Discipline : uint8_t { urgency, dependency_tree };

class Scheduler {
 public:
  explicit Scheduler(const Allocator& allocator, Discipline discipline = Discipline::urgency)
      : tree_(allocator), discipline_(discipline) {}

  Discipline discipline() const { return discipline_; }
  bool uses_tree() const { return discipline_ == Discipline::dependency_tree; }

  // Changes the discipline with nodes inserted. for_each_node(visit) calls visit(Node&) for every
  // inserted node and returns nothing. In the tree all become children of the root with the
  // default weight. On no_memory the discipline has not changed.
  template <typename ForEachNode>
  [[nodiscard]] Status use(Discipline discipline, ForEachNode&& for_each_node) {
    if (discipline == discipline_) return Status::ok;
    if (discipline == Discipline::dependency_tree) {
      Status status = Status::ok;
      for_each_node([&](Node& node) {
        if (status == Status::ok) status = enter_tree(node);
      });
      if (status != Status::ok) {
        for_each_node([&](Node& node) { leave_tree(node); });
        return status;
      }
    } else {
      for_each_node([&](Node& node) { leave_tree(node); });
    }
    discipline_ = discipline;
    return Status::ok;
  }

  // Makes a node known; it is not active. In the tree it depends on the root with the default
  // weight, or on `parent` as given (null: the root). Fails only for want of memory and only in the
  // tree, with the node not inserted.
  [[nodiscard]] Status insert(Node& node);
  [[nodiscard]] Status insert(Node& node, Node* parent, int32_t weight, bool exclusive);
  // Forgets an inserted node, active or not.
  void remove(Node& node);

  // The stream has got, or has no more, DATA that could be sent. Both may be repeated.
  void activate(Node& node);
  void deactivate(Node& node);
  // The active node has sent a DATA frame of so many octets, padding included, and stays active.
  void charge(Node& node, size_t bytes);
  // The active node to serve, or null. It stays where it is.
  Node* next();

  // Whether next() would find a node; changes nothing.
  bool has_active() const { return uses_tree() ? tree_.has_active() : urgency_.next() != nullptr; }

  // RFC 9218; kept for a later change of discipline if the tree is in use.
  void change_priority(Node& node, uint8_t urgency, bool incremental);
  // RFC 7540; nothing happens if the tree is not in use.
  void change_dependency(Node& node, Node* parent, int32_t weight, bool exclusive);

  // Valid for queries while the tree is in use.
  DependencyTree& tree() { return tree_; }

 private:
  [[nodiscard]] Status enter_tree(Node& node);
  void leave_tree(Node& node);

  UrgencyQueue urgency_;
  DependencyTree tree_;
  Discipline discipline_;
};

}  // namespace nghttp2::session
