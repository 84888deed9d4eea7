// SPDX-License-Identifier: MIT
// Tests of the table of streams, against a map.
#include "http2/stream_table.h"

#include <map>
#include <string>

#include "support/check.h"

namespace {

using Table = http2::StreamTable<int>;

std::string text_of(Table& table) {
  std::string out;
  for (const auto& stream : table.take_all())
    out += std::to_string(*stream) + ' ';
  return out;
}

}  // namespace

TEST(src_http2_stream_table, finds_and_takes) {
  Table table;
  CHECK(table.find(1) == nullptr);
  CHECK(table.take(1) == nullptr);
  table.insert(1, std::make_shared<int>(10));
  table.insert(3, std::make_shared<int>(30));
  table.insert(1, std::make_shared<int>(11));
  CHECK_EQ(table.size(), 2u);
  REQUIRE(table.find(1) != nullptr);
  CHECK_EQ(*table.find(1), 11);
  CHECK_EQ(*table.take(3), 30);
  CHECK(table.take(3) == nullptr);
  CHECK(!table.empty());
  CHECK_STR(text_of(table), "11 ");
  CHECK(table.empty());
}

TEST(src_http2_stream_table, takes_all_in_order) {
  Table table;
  for (const int id : {9, 2, 101, 1, 55})
    table.insert(id, std::make_shared<int>(id));
  CHECK_STR(text_of(table), "1 2 9 55 101 ");
}

TEST(src_http2_stream_table, agrees_with_a_map) {
  Table table;
  std::map<std::int32_t, int> model;
  std::uint32_t random = 1;
  for (int round = 0; round < 20000; ++round) {
    random = random * 1664525u + 1013904223u;
    const auto id = static_cast<std::int32_t>(1 + (random >> 16) % 97);
    // Grows for a while, then shrinks.
    if ((random >> 8) % 8 < (round / 500 % 2 == 0 ? 6u : 2u)) {
      table.insert(id, std::make_shared<int>(round));
      model[id] = round;
    } else {
      const auto taken = table.take(id);
      CHECK_EQ(taken == nullptr ? -1 : *taken, model.contains(id) ? model[id] : -1);
      model.erase(id);
    }
    CHECK_EQ(table.size(), model.size());
  }
  for (std::int32_t id = 0; id < 100; ++id) {
    const int* found = table.find(id);
    CHECK_EQ(found == nullptr ? -1 : *found, model.contains(id) ? model[id] : -1);
  }
  int sum = 0;
  table.for_each([&sum](int& value) { sum += value; });
  for (const auto& [id, value] : model)
    sum -= value;
  CHECK_EQ(sum, 0);
}
