// SPDX-License-Identifier: MIT
// Files that say what to ask for.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace h2load {

// What --timing-script-file says: when a request starts, and what it asks for.
struct ScriptLine {
  double seconds = 0;
  std::string uri;
};

// A URI a line; empty lines are skipped. "-" is standard input.
base::Result<std::vector<std::string>> read_uri_list(const std::string& path);

// Milliseconds, a tab and a URI a line, in order of time.
base::Result<std::vector<ScriptLine>> read_timing_script(const std::string& path);

}  // namespace h2load
