// SPDX-License-Identifier: MIT
// HEADERS frames that break a rule on purpose.
#pragma once

#include <cstdint>
#include <string>

#include "nghttpd/fault.h"

namespace nghttpd {

// A whole frame that ends its stream. It leaves the peer's dynamic table as it is.
std::string malformed_head(std::int64_t stream_id, Malformed form);

}  // namespace nghttpd
