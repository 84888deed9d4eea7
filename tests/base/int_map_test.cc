// SPDX-License-Identifier: MIT
// IntMap against std::map, with the keys that streams have and with hostile ones.
#include "base/int_map.h"

#include <map>
#include <random>
#include <set>

#include "support/alloc_probe.h"
#include "support/check.h"

using nghttp2::Allocator;
using nghttp2::default_memory;
using nghttp2::IntMap;
using support::AllocProbe;

namespace {

void check_same(const IntMap<int>& map, const std::map<int32_t, int*>& model) {
  CHECK_EQ(map.size(), model.size());
  std::multiset<int*> visited;
  map.for_each([&](int* value) { visited.insert(value); });
  std::multiset<int*> expected;
  for (const auto& [key, value] : model) {
    CHECK(map.find(key) == value);
    expected.insert(value);
  }
  CHECK(visited == expected);
}

void churn(unsigned seed, int32_t step, int32_t key_count) {
  const Allocator allocator(default_memory());
  std::mt19937 random(seed);
  IntMap<int> map(allocator);
  std::map<int32_t, int*> model;
  int values[64];
  for (int round = 0; round < 5000; ++round) {
    const int32_t key = 1 + step * int32_t(random() % unsigned(key_count));
    if (model.count(key)) {
      map.remove(key);
      model.erase(key);
    } else {
      int* value = &values[random() % 64];
      CHECK(map.insert(key, value));
      model[key] = value;
    }
    map.remove(2);  // never in it
    CHECK(map.find(key) == (model.count(key) ? model[key] : nullptr));
    if (round % 250 == 0) check_same(map, model);
  }
  check_same(map, model);
}

}  // namespace

TEST(base_int_map, nothing_in_it) {
  AllocProbe probe;
  const Allocator allocator(*probe.mem());
  IntMap<int> map(allocator);
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
  IntMap<int> map(allocator);
  int value = 0;
  CHECK(map.insert(INT32_MAX, &value));
  CHECK(map.insert(1, &value));
  CHECK(map.find(INT32_MAX) == &value);
  map.remove(INT32_MAX);
  CHECK(map.find(INT32_MAX) == nullptr);
  CHECK(map.find(1) == &value);
}

TEST(base_int_map, gives_memory_back) {
  AllocProbe probe;
  {
    const Allocator allocator(*probe.mem());
    IntMap<int> map(allocator);
    int value = 0;
    for (int32_t key = 1; key <= 10000; ++key)
      CHECK(map.insert(key, &value));
    const size_t most = probe.live_bytes();
    for (int32_t key = 1; key <= 9990; ++key)
      map.remove(key);
    CHECK(probe.live_bytes() < most / 50);
    for (int32_t key = 9991; key <= 10000; ++key)
      CHECK(map.find(key) == &value);
  }
  CHECK_STR(probe.complaint(), "");
}

TEST(base_int_map, no_memory) {
  for (size_t fail_at = 0; fail_at < 8; ++fail_at) {
    AllocProbe probe(AllocProbe::Failing::once, fail_at);
    {
      const Allocator allocator(*probe.mem());
      IntMap<int> map(allocator);
      int value = 0;
      size_t failures = 0;
      size_t inserted = 0;
      for (int32_t key = 1; key <= 500; ++key) {
        if (map.insert(key, &value)) {
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
