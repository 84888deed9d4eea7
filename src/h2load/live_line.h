// SPDX-License-Identifier: MIT
// The line that shows on a terminal how the run is going.
#pragma once

#include <string>

#include "h2load/result.h"

namespace h2load {

// What the last second was like, in at most `columns` columns.
std::string format_live(const Second& second, std::size_t columns);

}  // namespace h2load
