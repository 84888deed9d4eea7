// SPDX-License-Identifier: MIT
// The rows of nghttp's option table about what is recorded of a run.
#pragma once

#include <string>

#include "base/args.h"
#include "nghttp/config.h"

namespace nghttp {

base::args::Section<Config> observation_section();

// "" or which of these options cannot be had, or not together.
std::string check_observation(const Config& config);

}  // namespace nghttp
