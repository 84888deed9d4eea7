// SPDX-License-Identifier: MIT
// The plots of the HTML report. Each is "" when there is nothing to show.
#pragma once

#include <string>

#include "h2load/result.h"

namespace h2load {

std::string latency_by_percentile(const Result& result);
std::string latency_histogram(const Result& result);
std::string rate_over_time(const Result& result);
std::string latency_over_time(const Result& result);

}  // namespace h2load
