// SPDX-License-Identifier: MIT
// How often each duration has occurred, to three significant digits, in memory that does not grow.
#include "h2load/histogram.h"

#include <cmath>

namespace h2load {

void Histogram::merge(const Histogram& other) {
  for (std::size_t i = 0; i < kBuckets; ++i)
    counts_[i] += other.counts_[i];
  count_ += other.count_;
  sum_ += other.sum_;
  sum_of_squares_ += other.sum_of_squares_;
  min_ = std::min(min_, other.min_);
  max_ = std::max(max_, other.max_);
}

void Histogram::clear() {
  std::fill(counts_.begin(), counts_.end(), 0);
  count_ = 0;
  sum_ = 0;
  sum_of_squares_ = 0;
  min_ = kLargest;
  max_ = 0;
}

double Histogram::mean() const {
  return count_ == 0 ? 0 : static_cast<double>(sum_) / static_cast<double>(count_);
}

double Histogram::standard_deviation() const {
  if (count_ < 2) return 0;
  const double squares = sum_of_squares_ - mean() * static_cast<double>(sum_);
  return std::sqrt(std::max(squares, 0.0) / static_cast<double>(count_ - 1));
}

double Histogram::share_near_mean() const {
  if (count_ == 0) return 0;
  const double from = mean() - standard_deviation();
  const double to = mean() + standard_deviation();
  std::uint64_t near = 0;
  for_each([&](Value lowest, Value highest, std::uint64_t count) {
    if (static_cast<double>(highest) >= from && static_cast<double>(lowest) <= to) near += count;
  });
  return static_cast<double>(near) / static_cast<double>(count_);
}

Histogram::Value Histogram::percentile(double percent) const {
  if (count_ == 0) return 0;
  // 99.9 % of 1000 are 999, even where multiplication says a little more.
  const double exact = percent / 100 * static_cast<double>(count_);
  const auto rank = static_cast<std::uint64_t>(std::max(std::ceil(exact - 1e-6), 1.0));
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < kBuckets; ++i) {
    seen += counts_[i];
    if (seen >= rank) return std::clamp(highest_of(i), min_, max_);
  }
  return max_;
}

std::vector<Histogram::Bucket> Histogram::buckets() const {
  std::vector<Bucket> all;
  for_each([&](Value lowest, Value, std::uint64_t count) { all.push_back({lowest, count}); });
  return all;
}

std::optional<Histogram> Histogram::restore(const Moments& moments,
                                            const std::vector<Bucket>& buckets) {
  Histogram histogram;
  long double least = 0;  // what the sum can be
  long double most = 0;
  std::size_t next = 0;
  for (const Bucket& bucket : buckets) {
    if (bucket.lowest > kLargest || bucket.count == 0) return std::nullopt;
    const std::size_t index = index_of(bucket.lowest);
    if (lowest_of(index) != bucket.lowest || index < next) return std::nullopt;
    if (bucket.count > moments.count - histogram.count_) return std::nullopt;
    next = index + 1;
    histogram.counts_[index] = bucket.count;
    histogram.count_ += bucket.count;
    least += static_cast<long double>(bucket.lowest) * static_cast<long double>(bucket.count);
    most += static_cast<long double>(highest_of(index)) * static_cast<long double>(bucket.count);
  }
  if (histogram.count_ != moments.count) return std::nullopt;
  if (histogram.count_ == 0) return histogram;
  const bool is_whole = moments.min <= moments.max && moments.max <= kLargest &&
                        lowest_of(index_of(moments.min)) == buckets.front().lowest &&
                        lowest_of(index_of(moments.max)) == buckets.back().lowest &&
                        static_cast<long double>(moments.sum) >= least &&
                        static_cast<long double>(moments.sum) <= most &&
                        moments.sum_of_squares >= 0 && std::isfinite(moments.sum_of_squares);
  if (!is_whole) return std::nullopt;
  histogram.sum_ = moments.sum;
  histogram.sum_of_squares_ = moments.sum_of_squares;
  histogram.min_ = moments.min;
  histogram.max_ = moments.max;
  return histogram;
}

}  // namespace h2load
