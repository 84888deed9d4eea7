// SPDX-License-Identifier: MIT
// The run as a picture: what nghttp --waterfall writes.
#pragma once

#include <string>

#include "nghttp/journal.h"

namespace nghttp {

// An SVG document that refers to nothing outside of it.
std::string format_waterfall(const Journal& journal);

}  // namespace nghttp
