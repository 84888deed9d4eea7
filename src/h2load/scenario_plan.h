// SPDX-License-Identifier: MIT
// The part of a plan that --scenario makes.
#pragma once

#include <vector>

#include "base/result.h"
#include "h2load/plan.h"

namespace h2load {

// Reads the file of --scenario and adds a target for each of the servers, or of those that the file
// names if there are none.
base::Result<void> add_scenario(Plan& plan, std::vector<base::Url> servers);

}  // namespace h2load
