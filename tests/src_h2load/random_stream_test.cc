// SPDX-License-Identifier: MIT
// Random numbers that come again.
#include "h2load/random_stream.h"

#include <array>

#include "support/check.h"

using h2load::RandomStream;

TEST(random_stream, is_the_same_on_any_machine) {
  // The first numbers of SplitMix64 with the seed 1234567.
  RandomStream random(1234567);
  CHECK_EQ(random.next(), 6457827717110365317U);
  CHECK_EQ(random.next(), 3203168211198807973U);
}

TEST(random_stream, below_a_bound_all_are_as_frequent) {
  RandomStream random(1);
  std::array<int, 7> counts{};
  for (int i = 0; i < 70'000; ++i)
    ++counts[random.below(7)];
  for (const int count : counts)
    CHECK(count > 9'500 && count < 10'500);
  for (int i = 0; i < 100; ++i)
    CHECK_EQ(random.below(1), 0U);
}

TEST(random_stream, fractions_are_below_one) {
  RandomStream random(2);
  double sum = 0;
  for (int i = 0; i < 10'000; ++i) {
    const double value = random.unit();
    CHECK(value >= 0 && value < 1);
    sum += value;
  }
  CHECK(sum > 4'900 && sum < 5'100);
}

TEST(random_stream, derived_seeds_differ) {
  CHECK(RandomStream::derive(1, 0) != RandomStream::derive(1, 1));
  CHECK(RandomStream::derive(1, 0) != RandomStream::derive(2, 0));
  CHECK_EQ(RandomStream::derive(3, 4), RandomStream::derive(3, 4));
}
