// SPDX-License-Identifier: MIT
// Token buckets against abusive peers.
#include "session/limits.h"

#include <algorithm>

#include "base/clock.h"

namespace nghttp2::session {

bool RateLimit::drain(const Rate& rate, uint64_t tokens) {
  // A full bucket needs no clock, and neither does one that is never refilled.
  if (tokens_ < rate.burst && rate.rate > 0) refill(rate);
  if (tokens_ == rate.burst && rate.rate > 0) refilled_at_ = monotonic_seconds();
  if (tokens_ < tokens) return false;
  tokens_ -= tokens;
  return true;
}

void RateLimit::refill(const Rate& rate) {
  const uint64_t now = monotonic_seconds();
  const uint64_t elapsed = now > refilled_at_ ? now - refilled_at_ : 0;
  if (elapsed == 0) return;
  refilled_at_ = now;
  const uint64_t missing = rate.burst - tokens_;
  tokens_ = elapsed > missing / rate.rate ? rate.burst
                                          : std::min(rate.burst, tokens_ + elapsed * rate.rate);
}

}  // namespace nghttp2::session
