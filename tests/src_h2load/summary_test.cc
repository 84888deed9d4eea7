// SPDX-License-Identifier: MIT
#include "h2load/summary.h"

#include <cmath>

#include "support/check.h"

namespace {

using namespace h2load;

TEST(h2load_summary, of_values) {
  const Summary summary = summary_of(std::vector<double>{34881.24, 34983.51});
  CHECK_EQ(summary.min, 34881.24);
  CHECK_EQ(summary.max, 34983.51);
  CHECK(std::abs(summary.mean - 34932.375) < 1e-6);
  CHECK(std::abs(summary.standard_deviation - 72.3158) < 1e-3);
  CHECK_EQ(summary.share_near_mean, 1.0);
}

TEST(h2load_summary, of_equal_values) {
  const Summary summary = summary_of(std::vector<double>(7, 0.1));
  CHECK(summary.standard_deviation < 1e-12);
  CHECK_EQ(summary.share_near_mean, 1.0);
}

TEST(h2load_summary, of_an_outlier) {
  CHECK_EQ(summary_of(std::vector<double>{1, 1, 1, 1, 9}).share_near_mean, 0.8);
}

TEST(h2load_summary, of_nothing) {
  const Summary summary = summary_of(std::vector<double>());
  CHECK_EQ(summary.max, 0.0);
  CHECK_EQ(summary.share_near_mean, 0.0);
}

TEST(h2load_summary, of_a_histogram) {
  Histogram histogram;
  histogram.record(std::chrono::microseconds(75));
  histogram.record(std::chrono::microseconds(125));
  const Summary summary = summary_of(histogram);
  CHECK_EQ(summary.min, 75e3);
  CHECK_EQ(summary.max, 125e3);
  CHECK_EQ(summary.mean, 100e3);
  CHECK(std::abs(summary.standard_deviation - 35355.339) < 0.01);
  CHECK_EQ(summary.share_near_mean, 1.0);
}

}  // namespace
