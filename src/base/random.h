// SPDX-License-Identifier: MIT
// Unpredictable bytes from the operating system.
#pragma once

#include <cstdint>
#include <span>

namespace base {

// Fills from getrandom(2). Throws std::system_error when the kernel cannot deliver, which does not
// happen on a running system.
void fill_random(std::span<uint8_t> bytes);

// Uniform in [0, bound), without modulo bias; bound must not be 0.
uint64_t random_below(uint64_t bound);

}  // namespace base
