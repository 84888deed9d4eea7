// SPDX-License-Identifier: MIT
// What is printed at the end of a run.
#pragma once

#include <array>
#include <string>

#include "h2load/result.h"

namespace h2load {

// The percentiles that reports have.
inline constexpr std::array<double, 8> kPercentiles = {50, 75, 90, 95, 99, 99.9, 99.99, 100};

// From "finished in" to "req/s", as scripts parse it; then what else there is to know. When the
// generator was the limit, that comes first.
std::string format_report(const Result& result);

// How often requests took how long, as bars.
std::string format_bars(const Histogram& histogram);

// "text (count), text (count)", the most frequent first; what is not printable is escaped.
std::string format_tally(const Tally& tally);

}  // namespace h2load
