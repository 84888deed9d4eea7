// SPDX-License-Identifier: MIT
// The five figures that the report has of everything.
#pragma once

#include <vector>

#include "h2load/histogram.h"

namespace h2load {

struct Summary {
  double min = 0;
  double max = 0;
  double mean = 0;
  double standard_deviation = 0;
  double share_near_mean = 0;  // of all values, 0 to 1: within the standard deviation of the mean
};

Summary summary_of(const Histogram& histogram);
Summary summary_of(const std::vector<double>& values);

}  // namespace h2load
