// SPDX-License-Identifier: MIT
// What a run was made with, for its result.
#pragma once

#include <string>
#include <vector>

#include "h2load/config.h"
#include "h2load/result.h"

namespace h2load {

// By the long names of options. Durations are seconds. Values of header fields that are secrets are
// left out. `uris` are the operands.
std::vector<Setting> settings_of(const Config& config, const std::vector<std::string>& uris);

}  // namespace h2load
