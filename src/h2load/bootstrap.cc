// SPDX-License-Identifier: MIT
// How sure a figure is: what it would have been had other requests been picked from the same ones.
#include "h2load/bootstrap.h"

#include <algorithm>
#include <cmath>

namespace h2load {

namespace {

constexpr double kTail = 0.025;  // of the resamples, on either side of the interval

}  // namespace

Range confidence_range(std::vector<double> resamples) {
  if (resamples.empty()) return {};
  std::sort(resamples.begin(), resamples.end());
  const auto last = static_cast<double>(resamples.size() - 1);
  return {resamples[static_cast<std::size_t>(std::floor(kTail * last))],
          resamples[static_cast<std::size_t>(std::ceil((1 - kTail) * last))]};
}

Distribution::Distribution(const Histogram& histogram) {
  histogram.for_each([&](Histogram::Value, Histogram::Value highest, std::uint64_t count) {
    count_ += count;
    const auto value = std::clamp(highest, histogram.min(), histogram.max());
    steps_.push_back({count_, static_cast<double>(value)});
  });
}

double Distribution::at(double part) const {
  const double rank = std::ceil(part * static_cast<double>(count_));
  const auto step = std::lower_bound(
      steps_.begin(), steps_.end(), rank,
      [](const Step& one, double wanted) { return static_cast<double>(one.up_to) < wanted; });
  return step == steps_.end() ? steps_.back().value : step->value;
}

std::vector<double> Distribution::resample_percentile(double percent, Random& random) const {
  std::vector<double> resamples;
  if (count_ == 0) return resamples;
  const auto count = static_cast<double>(count_);
  const double rank = std::clamp(std::ceil(percent / 100 * count - 1e-6), 1.0, count);
  // X / (X + Y) of two gamma distributed numbers has a beta distribution.
  std::gamma_distribution<double> below(rank);
  std::gamma_distribution<double> above(count - rank + 1);
  for (std::size_t i = 0; i < kResamples; ++i) {
    const double x = below(random);
    const double y = above(random);
    resamples.push_back(at(x / (x + y)));
  }
  return resamples;
}

std::vector<double> resample_mean(const std::vector<double>& values, Random& random) {
  std::vector<double> resamples;
  if (values.empty()) return resamples;
  std::uniform_int_distribution<std::size_t> index(0, values.size() - 1);
  for (std::size_t i = 0; i < kResamples; ++i) {
    double sum = 0;
    for (std::size_t n = 0; n < values.size(); ++n)
      sum += values[index(random)];
    resamples.push_back(sum / static_cast<double>(values.size()));
  }
  return resamples;
}

std::vector<double> resample_share(std::uint64_t hits, std::uint64_t count, Random& random) {
  std::vector<double> resamples;
  if (count == 0) return resamples;
  const auto all = static_cast<double>(count);
  std::binomial_distribution<std::int64_t> distribution(static_cast<std::int64_t>(count),
                                                        static_cast<double>(hits) / all);
  for (std::size_t i = 0; i < kResamples; ++i)
    resamples.push_back(static_cast<double>(distribution(random)) / all);
  return resamples;
}

}  // namespace h2load
