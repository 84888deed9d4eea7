// SPDX-License-Identifier: MIT
#include "h2load/histogram.h"

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "support/check.h"

namespace {

using h2load::Histogram;
using Value = Histogram::Value;
using std::chrono::nanoseconds;

Histogram of(const std::vector<std::int64_t>& values) {
  Histogram histogram;
  for (const std::int64_t value : values)
    histogram.record(nanoseconds(value));
  return histogram;
}

bool is_near(Value actual, double expected) {
  return std::abs(static_cast<double>(actual) - expected) <= expected / 1000;
}

bool equal(const Histogram& a, const Histogram& b) {
  const auto buckets_a = a.buckets();
  const auto buckets_b = b.buckets();
  if (buckets_a.size() != buckets_b.size()) return false;
  for (std::size_t i = 0; i < buckets_a.size(); ++i) {
    if (buckets_a[i].lowest != buckets_b[i].lowest) return false;
    if (buckets_a[i].count != buckets_b[i].count) return false;
  }
  return a.count() == b.count() && a.min() == b.min() && a.max() == b.max() &&
         a.moments().sum == b.moments().sum;
}

TEST(h2load_histogram, is_zero_without_values) {
  const Histogram histogram;
  CHECK(histogram.empty());
  CHECK_EQ(histogram.min(), 0);
  CHECK_EQ(histogram.max(), 0);
  CHECK_EQ(histogram.mean(), 0.0);
  CHECK_EQ(histogram.standard_deviation(), 0.0);
  CHECK_EQ(histogram.share_near_mean(), 0.0);
  CHECK_EQ(histogram.percentile(50), 0);
  CHECK(histogram.buckets().empty());
}

TEST(h2load_histogram, moments_are_exact) {
  const Histogram histogram = of({1'000'003, 75'000'001, 125'000'000});
  CHECK_EQ(histogram.count(), 3);
  CHECK_EQ(histogram.min(), 1'000'003);
  CHECK_EQ(histogram.max(), 125'000'000);
  CHECK_EQ(histogram.mean(), 67000001.0 + 1.0 / 3);
  CHECK(std::abs(histogram.standard_deviation() - 62385894.3191488) < 0.5);
}

TEST(h2load_histogram, bounds_what_it_takes) {
  const Histogram histogram = of({-5, INT64_MAX});
  CHECK_EQ(histogram.min(), 0);
  CHECK_EQ(histogram.max(), Histogram::kLargest);
  CHECK_EQ(histogram.percentile(100), Histogram::kLargest);
}

TEST(h2load_histogram, every_value_is_in_a_bucket_that_is_narrow_enough) {
  Value expected_lowest = 0;
  for (unsigned bits = 0; bits < 47; ++bits) {
    for (const Value value : {Value{1} << bits, (Value{2} << bits) - 1, (Value{3} << bits) / 2}) {
      const Histogram histogram = of({static_cast<std::int64_t>(value)});
      histogram.for_each([&](Value lowest, Value highest, std::uint64_t count) {
        CHECK(lowest <= value && value <= highest);
        CHECK(highest - lowest <= value / 1000);
        CHECK_EQ(count, 1);
        expected_lowest = lowest;
      });
      CHECK_EQ(histogram.buckets().size(), 1);
      CHECK_EQ(histogram.percentile(50), value);
    }
  }
}

TEST(h2load_histogram, percentiles_are_as_if_all_values_were_sorted) {
  Histogram histogram;
  for (std::int64_t i = 1; i <= 1000; ++i)
    histogram.record(nanoseconds(i));
  for (const double percent : {0.1, 50.0, 75.0, 90.0, 99.0, 99.9, 100.0})
    CHECK_EQ(histogram.percentile(percent), std::llround(percent * 10));
  CHECK_EQ(histogram.percentile(99.99), 1000);
  CHECK_EQ(histogram.percentile(0), 1);
  CHECK_EQ(of({10, 20}).percentile(50), 10);
  CHECK_EQ(of({10, 20}).percentile(50.1), 20);
}

TEST(h2load_histogram, percentiles_keep_three_digits) {
  std::mt19937_64 random(7);
  std::lognormal_distribution<double> distribution(std::log(250e3), 1.5);
  std::vector<std::int64_t> values;
  for (int i = 0; i < 20000; ++i)
    values.push_back(static_cast<std::int64_t>(distribution(random)));
  const Histogram histogram = of(values);
  std::sort(values.begin(), values.end());
  for (const double percent : {50.0, 90.0, 99.0, 99.9, 99.99}) {
    const auto rank = static_cast<std::size_t>(std::ceil(percent / 100 * 20000 - 1e-6)) - 1;
    CHECK(is_near(histogram.percentile(percent), static_cast<double>(values[rank])));
  }
}

TEST(h2load_histogram, merges_exactly) {
  std::mt19937_64 random(11);
  std::exponential_distribution<double> distribution(1e-6);
  Histogram parts[3];
  Histogram all;
  for (int i = 0; i < 3000; ++i) {
    const nanoseconds value(static_cast<std::int64_t>(distribution(random)));
    parts[i % 3].record(value);
    all.record(value);
  }
  Histogram merged;
  for (const Histogram& part : parts)
    merged.merge(part);
  CHECK(equal(merged, all));
  merged.merge(Histogram());
  CHECK(equal(merged, all));
}

TEST(h2load_histogram, counts_what_is_near_the_mean) {
  CHECK_EQ(of({5'000'000}).share_near_mean(), 1.0);
  CHECK_EQ(of({1000, 1000, 1000, 1000, 9000}).share_near_mean(), 0.8);
  CHECK_EQ(of({1'000'000, 9'000'000}).share_near_mean(), 1.0);
}

TEST(h2load_histogram, clears) {
  Histogram histogram = of({1, 2, 3'000'000});
  histogram.clear();
  CHECK(equal(histogram, Histogram()));
  histogram.record(nanoseconds(7));
  CHECK_EQ(histogram.min(), 7);
  CHECK_EQ(histogram.mean(), 7.0);
}

TEST(h2load_histogram, is_restored_from_its_parts) {
  for (const Histogram& histogram : {of({}), of({0}), of({1, 2047, 2048, 5'000'000'123})}) {
    const auto restored = Histogram::restore(histogram.moments(), histogram.buckets());
    REQUIRE(restored.has_value());
    CHECK(equal(*restored, histogram));
    CHECK_EQ(restored->standard_deviation(), histogram.standard_deviation());
  }
}

TEST(h2load_histogram, parts_that_contradict_each_other_are_refused) {
  const Histogram histogram = of({100, 200, 5'000'000});
  const auto is_refused = [&](auto&& change) {
    Histogram::Moments moments = histogram.moments();
    std::vector<Histogram::Bucket> buckets = histogram.buckets();
    change(moments, buckets);
    return !Histogram::restore(moments, buckets);
  };
  CHECK(!is_refused([](auto&, auto&) {}));
  CHECK(is_refused([](auto& moments, auto&) { moments.count = 4; }));
  CHECK(is_refused([](auto& moments, auto&) { moments.count = 2; }));
  CHECK(is_refused([](auto& moments, auto&) { moments.min = 99; }));
  CHECK(is_refused([](auto& moments, auto&) { moments.max = 6'000'000; }));
  CHECK(is_refused([](auto& moments, auto&) { moments.sum = 1; }));
  CHECK(is_refused([](auto& moments, auto&) { moments.sum = UINT64_MAX; }));
  CHECK(is_refused([](auto& moments, auto&) { moments.sum_of_squares = -1; }));
  CHECK(is_refused([](auto&, auto& buckets) { buckets[0].count = 0; }));
  CHECK(is_refused([](auto&, auto& buckets) { buckets[0].count = UINT64_MAX; }));
  CHECK(is_refused([](auto&, auto& buckets) { std::swap(buckets[0], buckets[1]); }));
  CHECK(is_refused([](auto&, auto& buckets) { buckets[2].lowest += 1; }));
  CHECK(is_refused([](auto&, auto& buckets) { buckets[2].lowest = UINT64_MAX; }));
}

}  // namespace
