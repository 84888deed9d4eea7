// SPDX-License-Identifier: MIT
// nghttp's command line.
#pragma once

#include <string>

#include "base/args.h"
#include "nghttp/config.h"

namespace nghttp {

const base::args::Table<Config>& option_table();

// What options demand of each other; "" or what is wrong.
std::string check_combination(const Config& config);

}  // namespace nghttp
