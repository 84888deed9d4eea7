// SPDX-License-Identifier: MIT
// A result as a page that stands on its own: --html.
#pragma once

#include <string>

#include "h2load/result.h"

namespace h2load {

// There is no script in it and nothing that is loaded; what peers have sent is escaped.
std::string format_html(const Result& result);

}  // namespace h2load
