// SPDX-License-Identifier: MIT
// One of several, as often as its weight says.
#include "h2load/weighted_choice.h"

#include <array>

#include "support/check.h"

using h2load::RandomStream;
using h2load::WeightedChoice;

TEST(weighted_choice, follows_the_weights) {
  WeightedChoice choice;
  CHECK(choice.is_empty());
  for (const unsigned weight : {1, 0, 3, 6})
    choice.add(weight);
  RandomStream random(7);
  std::array<int, 4> counts{};
  for (int i = 0; i < 10'000; ++i)
    ++counts[choice.choose(random)];
  CHECK(counts[0] > 900 && counts[0] < 1'100);
  CHECK_EQ(counts[1], 0);
  CHECK(counts[2] > 2'850 && counts[2] < 3'150);
  CHECK(counts[3] > 5'850 && counts[3] < 6'150);
}

TEST(weighted_choice, of_one) {
  WeightedChoice choice;
  choice.add(5);
  RandomStream random(7);
  CHECK_EQ(choice.choose(random), 0U);
}
