// SPDX-License-Identifier: MIT
// Options for what is told of a run.
#pragma once

#include <string>

#include "base/args.h"
#include "h2load/config.h"

namespace h2load {

base::args::Section<Config> result_section();

// "" or what is wrong about these options together with the others.
std::string check_reports(const Config& config);

}  // namespace h2load
