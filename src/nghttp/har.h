// SPDX-License-Identifier: MIT
// The run as an HTTP Archive, version 1.2: what nghttp --har writes.
#pragma once

#include <string>

#include "nghttp/journal.h"

namespace nghttp {

// Whether this program was built with a library for JSON.
bool can_write_har();

// The document; ends with a newline.
std::string format_har(const Journal& journal);

}  // namespace nghttp
