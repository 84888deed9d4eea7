// SPDX-License-Identifier: MIT
// The library's only clock.
#include "base/clock.h"

#include <ctime>

namespace nghttp2 {

namespace {

// Seconds need no finer clock than the one that the kernel advances with every tick; it costs a
// fifth.
#ifdef CLOCK_MONOTONIC_COARSE
constexpr clockid_t kClock = CLOCK_MONOTONIC_COARSE;
#else
constexpr clockid_t kClock = CLOCK_MONOTONIC;
#endif

}  // namespace

uint64_t monotonic_seconds() {
  timespec now;
  if (clock_gettime(kClock, &now) != 0) return 0;
  return uint64_t(now.tv_sec);
}

}  // namespace nghttp2
