// SPDX-License-Identifier: MIT
// How often each duration has occurred, to three significant digits, in memory that does not grow.
#pragma once

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace h2load {

// A high dynamic range histogram: values below 2048 ns have a bucket each; every power of two above
// is cut into 1024 buckets of equal width, so that a value is known to one part in a thousand.
// Counts, sum, smallest and largest value are exact, and merging loses nothing.
class Histogram {
 public:
  using Value = std::uint64_t;  // nanoseconds

  // 39 hours; larger values count as this one.
  static constexpr Value kLargest = (Value{1} << 47) - 1;

  struct Moments {
    std::uint64_t count = 0;
    Value min = 0;  // 0 when there is no value, as max
    Value max = 0;
    std::uint64_t sum = 0;
    double sum_of_squares = 0;
  };
  struct Bucket {
    Value lowest = 0;
    std::uint64_t count = 0;
  };

  // This is done for each request.
  void record(std::chrono::nanoseconds duration) {
    const auto value =
        std::min(static_cast<Value>(std::max(duration.count(), std::int64_t{0})), kLargest);
    ++counts_[index_of(value)];
    ++count_;
    sum_ += value;
    sum_of_squares_ += static_cast<double>(value) * static_cast<double>(value);
    min_ = std::min(min_, value);
    max_ = std::max(max_, value);
  }

  void merge(const Histogram& other);
  void clear();

  std::uint64_t count() const { return count_; }
  bool empty() const { return count_ == 0; }
  // These are 0 when there is no value.
  Value min() const { return count_ == 0 ? 0 : min_; }
  Value max() const { return max_; }
  double mean() const;
  // Of a sample: divided by one less than the count.
  double standard_deviation() const;
  // How much of all values, 0 to 1, lies no further from the mean than the standard deviation.
  double share_near_mean() const;
  // The value that `percent` of all values do not exceed; 100 gives the largest.
  Value percentile(double percent) const;

  // Calls visit(lowest value, highest value, count) for each bucket that is not empty, in order.
  template <class Visit>
  void for_each(Visit visit) const {
    for (std::size_t i = 0; i < kBuckets; ++i)
      if (counts_[i] != 0) visit(lowest_of(i), highest_of(i), counts_[i]);
  }

  // A histogram and back. nullopt if the parts contradict each other.
  Moments moments() const { return {count_, min(), max_, sum_, sum_of_squares_}; }
  std::vector<Bucket> buckets() const;
  static std::optional<Histogram> restore(const Moments& moments,
                                          const std::vector<Bucket>& buckets);

 private:
  static constexpr unsigned kDigits = 11;  // binary ones that are kept
  static constexpr std::size_t kHalf = std::size_t{1} << (kDigits - 1);
  static constexpr std::size_t kBuckets = (47 - kDigits + 2) * kHalf;

  static std::size_t index_of(Value value) {
    const auto shift = static_cast<unsigned>(std::bit_width(value | kHalf)) - kDigits;
    return shift * kHalf + (value >> shift);
  }
  static unsigned shift_of(std::size_t index) {
    return index < 2 * kHalf ? 0 : static_cast<unsigned>(index / kHalf - 1);
  }
  static Value lowest_of(std::size_t index) {
    const unsigned shift = shift_of(index);
    return (index - shift * kHalf) << shift;
  }
  static Value highest_of(std::size_t index) {
    return lowest_of(index) + ((Value{1} << shift_of(index)) - 1);
  }

  std::vector<std::uint64_t> counts_ = std::vector<std::uint64_t>(kBuckets);
  std::uint64_t count_ = 0;
  std::uint64_t sum_ = 0;
  double sum_of_squares_ = 0;
  Value min_ = kLargest;
  Value max_ = 0;
};

}  // namespace h2load
