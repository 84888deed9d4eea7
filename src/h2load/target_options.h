// SPDX-License-Identifier: MIT
// The rows of h2load's option table that say how to reach servers.
#pragma once

#include <string>

#include "base/args.h"
#include "h2load/config.h"

namespace h2load {

base::args::Section<Config> target_section();
base::args::Section<Config> tls_section();

// "" or why these options do not go together.
std::string check_target(const Config& config);

}  // namespace h2load
