// SPDX-License-Identifier: MIT
// One interface to both disciplines, and changing from one to the other.
#include "session/schedule/scheduler.h"

#include <vector>

#include "support/alloc_probe.h"
#include "support/check.h"

using namespace nghttp2;
using session::DependencyTree;
using session::Discipline;
using session::Node;
using session::Scheduler;
using support::AllocProbe;

namespace {

std::vector<Node> make_nodes(int32_t count) {
  std::vector<Node> nodes{size_t(count)};
  for (int32_t i = 0; i < count; ++i)
    nodes[size_t(i)].stream_id = 2 * i + 1;
  return nodes;
}

std::string serve(Scheduler& scheduler, int frames) {
  std::string order;
  for (int i = 0; i < frames; ++i) {
    Node* node = scheduler.next();
    if (!node) return order + " -";
    order += " " + std::to_string(node->stream_id);
    scheduler.charge(*node, 1000);
  }
  return order;
}

}  // namespace

TEST(schedule_scheduler, both_disciplines) {
  const Allocator allocator(default_memory());
  for (Discipline discipline : {Discipline::urgency, Discipline::dependency_tree}) {
    Scheduler scheduler(allocator, discipline);
    std::vector<Node> nodes = make_nodes(3);
    for (Node& node : nodes) {
      CHECK(scheduler.insert(node) == Status::ok);
      CHECK(!node.is_active);
    }
    CHECK(scheduler.next() == nullptr);
    CHECK(!scheduler.has_active());
    scheduler.activate(nodes[1]);
    scheduler.activate(nodes[1]);
    CHECK(scheduler.has_active());
    CHECK(scheduler.next() == &nodes[1]);
    CHECK(nodes[1].is_active);
    scheduler.deactivate(nodes[1]);
    scheduler.deactivate(nodes[1]);
    CHECK(scheduler.next() == nullptr);
    scheduler.activate(nodes[2]);
    scheduler.remove(nodes[2]);
    CHECK(scheduler.next() == nullptr);
    scheduler.remove(nodes[1]);
    scheduler.remove(nodes[0]);
  }
}

TEST(schedule_scheduler, priorities_act_where_they_belong) {
  const Allocator allocator(default_memory());
  for (Discipline discipline : {Discipline::urgency, Discipline::dependency_tree}) {
    Scheduler scheduler(allocator, discipline);
    std::vector<Node> nodes = make_nodes(2);
    for (Node& node : nodes) {
      CHECK(scheduler.insert(node) == Status::ok);
      scheduler.activate(node);
    }
    scheduler.change_priority(nodes[1], 0, false);
    CHECK_STR(serve(scheduler, 3), discipline == Discipline::urgency ? " 3 3 3" : " 1 3 1");
    scheduler.change_dependency(nodes[0], &nodes[1], 16, false);
    CHECK_STR(serve(scheduler, 3), " 3 3 3");
    for (Node& node : nodes)
      scheduler.remove(node);
  }
}

TEST(schedule_scheduler, changing_the_discipline) {
  AllocProbe probe;
  {
    const Allocator allocator(*probe.mem());
    Scheduler scheduler(allocator);
    std::vector<Node> nodes = make_nodes(3);
    const auto for_each = [&](auto&& visit) {
      for (Node& node : nodes)
        visit(node);
    };
    for_each([&](Node& node) { CHECK(scheduler.insert(node) == Status::ok); });
    scheduler.activate(nodes[0]);
    scheduler.activate(nodes[2]);
    scheduler.change_priority(nodes[2], 1, false);
    CHECK_STR(serve(scheduler, 2), " 5 5");
    CHECK_EQ(probe.live_blocks(), 0u);

    CHECK(scheduler.use(Discipline::dependency_tree, for_each) == Status::ok);
    CHECK(scheduler.uses_tree());
    CHECK_EQ(DependencyTree::sum_child_weight(scheduler.tree().root()), 48);
    CHECK_STR(serve(scheduler, 4), " 1 5 1 5");
    CHECK(!nodes[1].is_active);

    CHECK(scheduler.use(Discipline::urgency, for_each) == Status::ok);
    CHECK(DependencyTree::first_child(scheduler.tree().root()) == nullptr);
    // What RFC 9218 says has been kept.
    CHECK_STR(serve(scheduler, 2), " 5 5");
    for_each([&](Node& node) { scheduler.remove(node); });
    CHECK(scheduler.next() == nullptr);
  }
  CHECK_STR(probe.complaint(), "");
}

TEST(schedule_scheduler, no_memory_for_the_tree) {
  for (size_t fail_at = 0; fail_at < 4; ++fail_at) {
    AllocProbe probe(AllocProbe::Failing::from_then_on, fail_at);
    {
      const Allocator allocator(*probe.mem());
      Scheduler scheduler(allocator);
      std::vector<Node> nodes = make_nodes(3);
      const auto for_each = [&](auto&& visit) {
        for (Node& node : nodes)
          visit(node);
      };
      for_each([&](Node& node) {
        CHECK(scheduler.insert(node) == Status::ok);
        scheduler.activate(node);
      });
      CHECK(scheduler.use(Discipline::dependency_tree, for_each) == Status::no_memory);
      CHECK(!scheduler.uses_tree());
      for_each([](Node& node) {
        CHECK(node.is_active);
        CHECK(node.dependency == nullptr);
      });
      CHECK_STR(serve(scheduler, 2), " 1 1");
      for_each([&](Node& node) { scheduler.remove(node); });
    }
    CHECK_STR(probe.complaint(), "");
  }
}
