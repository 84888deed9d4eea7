// SPDX-License-Identifier: MIT
// Unpredictable bytes from the operating system.
#include "base/random.h"

#include <sys/random.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace base {

void fill_random(std::span<uint8_t> bytes) {
  while (!bytes.empty()) {
    // Requests of up to 256 bytes are not interrupted by signals once the pool is ready.
    const ssize_t n = getrandom(bytes.data(), std::min<size_t>(bytes.size(), 256), 0);
    if (n < 0) {
      if (errno == EINTR) continue;
      throw std::system_error(errno, std::generic_category(), "getrandom");
    }
    bytes = bytes.subspan(static_cast<size_t>(n));
  }
}

uint64_t random_below(uint64_t bound) {
  // Values from the incomplete last interval of `bound` would favour small results.
  const uint64_t remainder = (0 - bound) % bound;
  for (;;) {
    uint64_t value = 0;
    fill_random({reinterpret_cast<uint8_t*>(&value), sizeof(value)});
    if (value >= remainder) return value % bound;
  }
}

}  // namespace base
