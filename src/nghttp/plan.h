// SPDX-License-Identifier: MIT
// From the URIs of the command line to requests.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "nghttp/config.h"
#include "nghttp/request.h"

namespace nghttp {

// The requests of one origin, in the order of the command line.
using Batch = std::vector<Request>;

// One batch per origin. It is an error if two responses would be saved in the same file, or if
// there are more --output than URIs.
base::Result<std::vector<Batch>> plan_requests(const Config& config,
                                               const std::vector<std::string>& uris);

}  // namespace nghttp
