// SPDX-License-Identifier: MIT
// Token buckets against abusive peers.
#include "session/limits.h"

#include <algorithm>

#include "base/clock.h"

namespace nghttp2::session {

bool RateLimit::drain(uint64_t tokens) {
  // A full bucket needs no clock, and neither does one that is never refilled.
  if (tokens_ < burst_ && rate_ > 0) refill();
  if (tokens_ == burst_ && rate_ > 0) refilled_at_ = monotonic_seconds();
  if (tokens_ < tokens) return false;
  tokens_ -= tokens;
  return true;
}

void RateLimit::refill() {
  const uint64_t now = monotonic_seconds();
  const uint64_t elapsed = now > refilled_at_ ? now - refilled_at_ : 0;
  if (elapsed == 0) return;
  refilled_at_ = now;
  const uint64_t missing = burst_ - tokens_;
  tokens_ = elapsed > missing / rate_ ? burst_ : std::min(burst_, tokens_ + elapsed * rate_);
}

}  // namespace nghttp2::session
