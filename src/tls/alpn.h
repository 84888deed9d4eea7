// SPDX-License-Identifier: MIT
// Names of protocols (RFC 7301).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tls {

// "h2,http/1.1". The error says what was expected.
base::Result<std::vector<std::string>> parse_protocol_names(std::string_view text);

}  // namespace tls
