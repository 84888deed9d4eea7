// SPDX-License-Identifier: MIT
// Results in files: one, or several made into one: --merge.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "h2load/result.h"

namespace h2load {

// What --output-file has written.
base::Result<Result> load_result(const std::string& path);

// The sum of all of them; `notes` gets what is odd about it.
base::Result<Result> merge_results(const std::vector<std::string>& paths,
                                   std::vector<std::string>& notes);

}  // namespace h2load
