// SPDX-License-Identifier: MIT
// The option table of h2load.
#pragma once

#include <string>

#include "base/args.h"
#include "h2load/config.h"

namespace h2load {

const base::args::Table<Config>& option_table();

// "" or why these options do not go together.
std::string check_combination(const Config& config);

// Whether requests start when a plan says, and not when others have ended.
bool has_schedule(const Config& config);

}  // namespace h2load
