// SPDX-License-Identifier: MIT
// The five figures that the report has of everything.
#include "h2load/summary.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace h2load {

Summary summary_of(const Histogram& histogram) {
  return {static_cast<double>(histogram.min()), static_cast<double>(histogram.max()),
          histogram.mean(), histogram.standard_deviation(), histogram.share_near_mean()};
}

Summary summary_of(const std::vector<double>& values) {
  if (values.empty()) return {};
  const auto count = static_cast<double>(values.size());
  const auto [min, max] = std::minmax_element(values.begin(), values.end());
  Summary summary{*min, *max, std::accumulate(values.begin(), values.end(), 0.0) / count, 0, 0};
  double squares = 0;
  for (const double value : values)
    squares += (value - summary.mean) * (value - summary.mean);
  if (values.size() > 1) summary.standard_deviation = std::sqrt(squares / (count - 1));
  // Equal values are near, although their mean may be off by its rounding.
  const double reach = summary.standard_deviation + std::abs(summary.mean) * 1e-12;
  const auto near = std::count_if(values.begin(), values.end(), [&](double value) {
    return std::abs(value - summary.mean) <= reach;
  });
  summary.share_near_mean = static_cast<double>(near) / count;
  return summary;
}

}  // namespace h2load
