// SPDX-License-Identifier: MIT
// The library's only clock: whole seconds, for the refill of rate limits.
#pragma once

#include <cstdint>

namespace nghttp2 {

// Seconds of a clock that never goes backwards; its zero has no meaning.
uint64_t monotonic_seconds();

}  // namespace nghttp2
