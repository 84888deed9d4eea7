// SPDX-License-Identifier: MIT
// What is recorded of a run besides the content, as the command line settles it.
#pragma once

#include <string>

namespace nghttp {

struct ObservationConfig {
  // A path, or "-" for standard output; empty without.
  std::string har_path;
  std::string waterfall_path;
  std::string capture_path;
  std::string json_path;
  // Whether the trace in JSON has the content of DATA frames.
  bool json_data = false;
  // Whether traces say which rules frames break.
  bool explain = false;

  // Whether heads and times of every request are to be kept until the end.
  bool keeps_records() const { return !har_path.empty() || !waterfall_path.empty(); }
};

}  // namespace nghttp
