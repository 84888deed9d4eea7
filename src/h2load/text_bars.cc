// SPDX-License-Identifier: MIT
// How often requests took how long, as bars.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include "h2load/text_report.h"
#include "h2load/units.h"

namespace h2load {

namespace {

constexpr double kRowsPerDecade = 10;
constexpr double kBarWidth = 50;

double bound_of(long row) {
  return std::pow(10.0, static_cast<double>(row) / kRowsPerDecade);
}

long row_of(Histogram::Value value) {
  return std::lround(std::floor(
      std::log10(static_cast<double>(std::max<Histogram::Value>(value, 1))) * kRowsPerDecade));
}

}  // namespace

std::string format_bars(const Histogram& histogram) {
  if (histogram.empty()) return {};
  const long first = row_of(histogram.min());
  std::vector<std::uint64_t> rows(static_cast<std::size_t>(row_of(histogram.max()) - first) + 1);
  histogram.for_each([&](Histogram::Value lowest, Histogram::Value, std::uint64_t count) {
    rows[static_cast<std::size_t>(std::max(row_of(lowest) - first, 0L))] += count;
  });
  const auto longest = static_cast<double>(*std::max_element(rows.begin(), rows.end()));
  std::string out = "\ntime for request  requests\n";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto count = static_cast<double>(rows[i]);
    const long row = first + static_cast<long>(i);
    const std::string from = duration_text(bound_of(row));
    const std::string to = duration_text(bound_of(row + 1));
    // Whatever has occurred is seen.
    const auto width = static_cast<std::size_t>(std::ceil(count / longest * kBarWidth));
    char head[96];
    std::snprintf(head, sizeof(head), "%8s - %8s  %10llu %6.2f%%%s", from.c_str(), to.c_str(),
                  static_cast<unsigned long long>(rows[i]),
                  count / static_cast<double>(histogram.count()) * 100, width == 0 ? "" : " ");
    out += head + std::string(width, '#') + "\n";
  }
  return out;
}

}  // namespace h2load
