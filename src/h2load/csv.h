// SPDX-License-Identifier: MIT
// A result as comma separated values, for spreadsheets: --csv.
#pragma once

#include <string>

#include "h2load/result.h"

namespace h2load {

// A line of names, and one for each second of the run (RFC 4180). Times are milliseconds.
std::string write_csv(const Result& result);

}  // namespace h2load
