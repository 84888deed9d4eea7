// SPDX-License-Identifier: MIT
// List and Heap against models from the standard library.
#include <algorithm>
#include <deque>
#include <random>
#include <set>
#include <vector>

#include "base/heap.h"
#include "base/list.h"
#include "support/check.h"

using namespace nghttp2;

namespace {

struct Item {
  int key = 0;
  int serial = 0;
  ListLink<Item> chain;
  HeapLink<Item> rank;
  bool is_in = false;
};

using Chain = List<Item, &Item::chain>;

bool comes_before(const Item& a, const Item& b) {
  return a.key != b.key ? a.key < b.key : a.serial < b.serial;
}
using Queue = Heap<Item, &Item::rank, comes_before>;

struct ByRank {
  bool operator()(const Item* a, const Item* b) const { return comes_before(*a, *b); }
};

void check_chain(const Chain& chain, const std::deque<Item*>& model) {
  std::deque<Item*> forward;
  for (Item* item = chain.front(); item; item = Chain::next(item))
    forward.push_back(item);
  std::deque<Item*> backward;
  for (Item* item = chain.back(); item; item = Chain::previous(item))
    backward.push_front(item);
  CHECK(forward == model);
  CHECK(backward == model);
  CHECK_EQ(chain.empty(), model.empty());
}

}  // namespace

TEST(base_list, against_a_deque) {
  std::mt19937 random(1);
  std::vector<Item> items(12);
  Chain chain;
  std::deque<Item*> model;
  for (int round = 0; round < 2000; ++round) {
    Item& item = items[random() % items.size()];
    if (item.is_in) {
      chain.remove(&item);
      model.erase(std::find(model.begin(), model.end(), &item));
    } else if (random() % 2) {
      chain.push_back(&item);
      model.push_back(&item);
    } else {
      chain.push_front(&item);
      model.push_front(&item);
    }
    item.is_in = !item.is_in;
    check_chain(chain, model);
  }
  while (Item* item = chain.pop_front()) {
    CHECK(item == model.front());
    model.pop_front();
  }
  CHECK(model.empty());
}

TEST(base_heap, against_a_set) {
  std::mt19937 random(2);
  std::vector<Item> items(200);
  for (size_t i = 0; i < items.size(); ++i)
    items[i].serial = int(i);
  Queue queue;
  std::set<Item*, ByRank> model;
  for (int round = 0; round < 50000; ++round) {
    Item& item = items[random() % items.size()];
    if (item.is_in) {
      queue.remove(&item);
      model.erase(&item);
    } else {
      item.key = int(random() % 20);
      queue.insert(&item);
      model.insert(&item);
    }
    item.is_in = !item.is_in;
    CHECK(queue.first() == (model.empty() ? nullptr : *model.begin()));
    CHECK_EQ(queue.is_single(), model.size() == 1);
  }
}

TEST(base_heap, sorts) {
  std::mt19937 random(3);
  std::vector<Item> items(1000);
  Queue queue;
  for (size_t i = 0; i < items.size(); ++i) {
    items[i].serial = int(i);
    items[i].key = int(random() % 100);
    queue.insert(&items[i]);
  }
  Item* last = nullptr;
  size_t count = 0;
  for (; Item* item = queue.first(); ++count) {
    queue.remove(item);
    CHECK(!last || comes_before(*last, *item));
    last = item;
  }
  CHECK_EQ(count, items.size());
  CHECK(queue.empty());
}
