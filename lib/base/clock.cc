// SPDX-License-Identifier: MIT
// The library's only clock.
#include "base/clock.h"

#include <ctime>

namespace nghttp2 {

uint64_t monotonic_seconds() {
  timespec now;
  if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) return 0;
  return uint64_t(now.tv_sec);
}

}  // namespace nghttp2
