// SPDX-License-Identifier: MIT
// The rows of nghttp's option table that rank requests.
#pragma once

#include <string>

#include "base/args.h"
#include "nghttp/config.h"

namespace nghttp {

base::args::Section<Config> priority_section();

// Warns of options that others make useless.
void warn_of_useless_priorities(const Config& config);

}  // namespace nghttp
