// SPDX-License-Identifier: MIT
// The rows of nghttp's option table that say how to reach a server.
#pragma once

#include <string>

#include "base/args.h"
#include "nghttp/config.h"

namespace nghttp {

base::args::Section<Config> network_section();

// Certificates, names and protocols.
base::args::Section<Config> tls_section();

// "" or which of these options contradict each other.
std::string check_network_combination(const Config& config);

}  // namespace nghttp
