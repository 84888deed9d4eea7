// SPDX-License-Identifier: MIT
// How sure a figure is: what it would have been had other requests been picked from the same ones.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "h2load/histogram.h"

namespace h2load {

using Random = std::mt19937_64;

// As many as the bounds of an interval need to settle in their third digit.
inline constexpr std::size_t kResamples = 4000;

// What 95 of 100 resamples lie in.
struct Range {
  double low = 0;
  double high = 0;
};
Range confidence_range(std::vector<double> resamples);

// The values of a histogram as if they were sorted.
class Distribution {
 public:
  explicit Distribution(const Histogram& histogram);

  std::uint64_t count() const { return count_; }
  // The percentile of kResamples samples, each of as many values as there are, drawn with
  // replacement. None of the samples is made: the value at rank k of a sample of n stands, in the
  // original, at a rank that is distributed as n times Beta(k, n - k + 1).
  std::vector<double> resample_percentile(double percent, Random& random) const;

 private:
  struct Step {
    std::uint64_t up_to;  // how many values are in this bucket or below
    double value;
  };
  double at(double part) const;

  std::vector<Step> steps_;
  std::uint64_t count_ = 0;
};

// Means of kResamples samples of the values.
std::vector<double> resample_mean(const std::vector<double>& values, Random& random);

// The part of `count` that is `hits`, of kResamples samples.
std::vector<double> resample_share(std::uint64_t hits, std::uint64_t count, Random& random);

}  // namespace h2load
