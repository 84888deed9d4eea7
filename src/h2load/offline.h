// SPDX-License-Identifier: MIT
// What is done with results that are there already: --compare and --merge.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "h2load/report_config.h"

namespace h2load {

// Prints the comparison of two files; whether the second is worse.
base::Result<bool> compare_files(const std::vector<std::string>& paths, const ReportConfig& config);

// Reports the sum of the files as if it were that of a run.
base::Result<void> merge_files(const std::vector<std::string>& paths, const ReportConfig& config);

}  // namespace h2load
