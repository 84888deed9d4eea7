// SPDX-License-Identifier: MIT
// What is to be told of a run, and where.
#pragma once

#include <string>

namespace h2load {

// Paths are "" when nothing is to be written.
struct ReportConfig {
  std::string result_path;   // JSON
  std::string seconds_path;  // JSON, a line a second
  std::string csv_path;
  std::string html_path;
  bool bars = false;

  // Instead of a run: results that are there already.
  bool compare = false;
  bool merge = false;
  double threshold_percent = 5;  // of --compare
};

}  // namespace h2load
