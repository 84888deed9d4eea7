// SPDX-License-Identifier: MIT
// IntMap against std::map, with the keys that streams have and with hostile ones.
#include "base/int_map.h"

#include <map>
#include <random>
#include <set>
#include <vector>

#include "support/alloc_probe.h"
#include "support/check.h"

using nghttp2::Allocator;
using nghttp2::default_memory;
using nghttp2::IntMap;
using support::AllocProbe;

namespace {

struct Entry {
  int32_t key = 0;
};
using Map = IntMap<Entry, &Entry::key>;

// Entries with the keys 1, 2, ...
std::vector<Entry> entries(int32_t count) {
  std::vector<Entry> list(static_cast<size_t>(count));
  for (int32_t i = 0; i < count; ++i)
    list[size_t(i)].key = i + 1;
  return list;
}

void check_same(const Map& map, const std::map<int32_t, Entry>& model) {
  CHECK_EQ(map.size(), model.size());
  std::multiset<const Entry*> visited;
  map.for_each([&](Entry* entry) { visited.insert(entry); });
  std::multiset<const Entry*> expected;
  for (const auto& [key, entry] : model) {
    CHECK(map.find(key) == &entry);
    expected.insert(&entry);
  }
  CHECK(visited == expected);
}

void churn(unsigned seed, int32_t step, int32_t key_count) {
  const Allocator allocator(default_memory());
  std::mt19937 random(seed);
  Map map(allocator);
  std::map<int32_t, Entry> model;
  for (int round = 0; round < 5000; ++round) {
    const int32_t key = 1 + step * int32_t(random() % unsigned(key_count));
    if (model.count(key)) {
      map.remove(key);
      model.erase(key);
    } else {
      Entry& entry = model[key] = {key};
      CHECK(map.insert(&entry));
    }
    map.remove(2);  // never in it
    CHECK(map.find(key) == (model.count(key) ? &model[key] : nullptr));
    if (round % 250 == 0) check_same(map, model);
  }
  check_same(map, model);
}

}  // namespace

TEST(base_int_map, nothing_in_it) {
  AllocProbe probe;
  const Allocator allocator(*probe.mem());
  Map map(allocator);
  CHECK(map.find(1) == nullptr);
  map.remove(1);
  CHECK_EQ(map.size(), 0u);
  CHECK_EQ(probe.allocation_count(), 0u);
}

TEST(base_int_map, stream_identifiers) {
  churn(1, 2, 100);
  churn(2, 2, 3000);
}

TEST(base_int_map, sparse_keys) {
  churn(3, 1 << 20, 2000);
  churn(4, 4097, 50);
}

TEST(base_int_map, the_largest_key) {
  const Allocator allocator(default_memory());
  Map map(allocator);
  Entry last{INT32_MAX};
  Entry first{1};
  CHECK(map.insert(&last));
  CHECK(map.insert(&first));
  CHECK(map.find(INT32_MAX) == &last);
  map.remove(INT32_MAX);
  CHECK(map.find(INT32_MAX) == nullptr);
  CHECK(map.find(1) == &first);
}

// Streams come and go, few at a time after a time with many.
TEST(base_int_map, gives_memory_back) {
  AllocProbe probe;
  {
    const Allocator allocator(*probe.mem());
    Map map(allocator);
    std::vector<Entry> list = entries(20000);
    for (int32_t i = 0; i < 10000; ++i)
      CHECK(map.insert(&list[size_t(i)]));
    const size_t most = probe.live_bytes();
    for (int32_t i = 0; i < 10000; ++i)
      map.remove(list[size_t(i)].key);
    for (int repeat = 0; repeat < 5; ++repeat) {
      for (int32_t i = 10000; i < 20000; ++i) {
        CHECK(map.insert(&list[size_t(i)]));
        CHECK(map.find(list[size_t(i)].key) == &list[size_t(i)]);
        if (i >= 10010) map.remove(list[size_t(i - 10)].key);
      }
      for (int32_t i = 19990; i < 20000; ++i)
        map.remove(list[size_t(i)].key);
    }
    CHECK(probe.live_bytes() < most / 50);
  }
  CHECK_STR(probe.complaint(), "");
}

// A table that fills and empties again and again keeps its size.
TEST(base_int_map, takes_no_memory_in_steady_use) {
  AllocProbe probe;
  {
    const Allocator allocator(*probe.mem());
    Map map(allocator);
    std::vector<Entry> list = entries(100);
    const auto fill_and_empty = [&] {
      for (Entry& entry : list)
        CHECK(map.insert(&entry));
      for (Entry& entry : list)
        map.remove(entry.key);
    };
    fill_and_empty();
    const size_t taken = probe.allocation_count();
    for (int repeat = 0; repeat < 50; ++repeat)
      fill_and_empty();
    CHECK_EQ(probe.allocation_count(), taken);
  }
  CHECK_STR(probe.complaint(), "");
}

TEST(base_int_map, no_memory) {
  for (size_t fail_at = 0; fail_at < 8; ++fail_at) {
    AllocProbe probe(AllocProbe::Failing::once, fail_at);
    {
      const Allocator allocator(*probe.mem());
      Map map(allocator);
      std::vector<Entry> list = entries(500);
      size_t failures = 0;
      size_t inserted = 0;
      for (int32_t key = 1; key <= 500; ++key) {
        if (map.insert(&list[size_t(key - 1)])) {
          ++inserted;
        } else {
          ++failures;
          CHECK(map.find(key) == nullptr);
        }
      }
      CHECK_EQ(failures, probe.has_failed() ? 1u : 0u);
      CHECK_EQ(map.size(), inserted);
      // Shrinking without memory is no failure.
      for (int32_t key = 1; key <= 500; ++key)
        map.remove(key);
      CHECK_EQ(map.size(), 0u);
    }
    CHECK_STR(probe.complaint(), "");
  }
}
