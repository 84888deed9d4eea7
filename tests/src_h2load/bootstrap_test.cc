// SPDX-License-Identifier: MIT
#include "h2load/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "support/check.h"

namespace {

using namespace h2load;

bool is_near(double actual, double expected, double distance) {
  return std::abs(actual - expected) <= distance;
}

Histogram numbers(int from, int to) {
  Histogram histogram;
  for (int i = from; i <= to; ++i)
    histogram.record(std::chrono::microseconds(i));
  return histogram;
}

TEST(h2load_bootstrap, the_range_is_the_middle_95_percent) {
  std::vector<double> values;
  for (int i = 0; i <= 1000; ++i)
    values.push_back(1000 - i);
  const Range range = confidence_range(values);
  CHECK_EQ(range.low, 25.0);
  CHECK_EQ(range.high, 975.0);
  CHECK_EQ(confidence_range({}).high, 0.0);
}

// The median of n values has, at its rank, the standard deviation sqrt(n) / 2.
TEST(h2load_bootstrap, percentiles_are_as_sure_as_theory_says) {
  Random random(3);
  const Distribution distribution(numbers(1, 10000));
  CHECK_EQ(distribution.count(), 10000);
  const Range median = confidence_range(distribution.resample_percentile(50, random));
  CHECK(is_near(median.low, 4902e3, 15e3));
  CHECK(is_near(median.high, 5098e3, 15e3));
  const Range high = confidence_range(distribution.resample_percentile(99, random));
  CHECK(is_near(high.low, 9880.5e3, 15e3));
  CHECK(is_near(high.high, 9919.5e3, 15e3));
}

// What drawing samples one by one gives.
TEST(h2load_bootstrap, percentiles_are_those_of_samples_with_replacement) {
  Random random(5);
  const Histogram histogram = numbers(1, 9);
  const auto resamples = Distribution(histogram).resample_percentile(50, random);
  std::uniform_int_distribution<int> pick(1, 9);
  std::vector<double> drawn;
  for (std::size_t i = 0; i < kResamples; ++i) {
    std::vector<int> sample;
    for (int n = 0; n < 9; ++n)
      sample.push_back(pick(random));
    std::sort(sample.begin(), sample.end());
    drawn.push_back(sample[4] * 1e3);
  }
  for (int value = 1; value <= 9; ++value) {
    const auto share = [&](const std::vector<double>& all) {
      const auto count = std::count_if(all.begin(), all.end(),
                                       [&](double one) { return is_near(one, value * 1e3, 8); });
      return static_cast<double>(count) / static_cast<double>(all.size());
    };
    CHECK(is_near(share(resamples), share(drawn), 0.03));
  }
}

TEST(h2load_bootstrap, a_percentile_stays_among_the_values) {
  Random random(3);
  const Distribution distribution(numbers(7, 7));
  for (const double percent : {0.0, 50.0, 100.0}) {
    for (const double value : distribution.resample_percentile(percent, random))
      CHECK_EQ(value, 7000.0);
  }
  CHECK(Distribution(Histogram()).resample_percentile(50, random).empty());
}

TEST(h2load_bootstrap, means_and_shares) {
  Random random(3);
  std::vector<double> values;
  for (int i = 0; i < 100; ++i)
    values.push_back(i % 2 == 0 ? 90 : 110);  // standard deviation of the mean: 1
  const Range mean = confidence_range(resample_mean(values, random));
  CHECK(is_near(mean.low, 98.04, 0.25));
  CHECK(is_near(mean.high, 101.96, 0.25));
  const Range share = confidence_range(resample_share(100, 10000, random));
  CHECK(is_near(share.low, 0.01 - 0.00195, 0.0003));
  CHECK(is_near(share.high, 0.01 + 0.00195, 0.0003));
  CHECK_EQ(confidence_range(resample_share(0, 100, random)).high, 0.0);
  CHECK(resample_mean({}, random).empty());
  CHECK(resample_share(0, 0, random).empty());
}

}  // namespace
