// SPDX-License-Identifier: MIT
// What became of streams that are gone.
#include "session/stream_history.h"

#include <algorithm>

namespace nghttp2::session {

bool StreamHistory::note_passed_over(int32_t first, int32_t last) {
  if (passed_over_.size() == kMaxPassedOver) {
    // The oldest range counts as closed from now on, which is an error to use as well.
    for (size_t i = 1; i < passed_over_.size(); ++i)
      passed_over_[i - 1] = passed_over_[i];
    passed_over_.pop();
  }
  return passed_over_.push({first, last});
}

bool StreamHistory::note_reset(int32_t stream_id) {
  if (resets_.size() < kMaxResets) return resets_.push(stream_id);
  highest_forgotten_reset_ = std::max(highest_forgotten_reset_, resets_[oldest_reset_]);
  resets_[oldest_reset_] = stream_id;
  oldest_reset_ = (oldest_reset_ + 1) % kMaxResets;
  return true;
}

StreamHistory::Fate StreamHistory::fate_of(int32_t stream_id) const {
  for (int32_t id : resets_) {
    if (id == stream_id) return Fate::reset_by_us;
  }
  for (const Range& range : passed_over_) {
    const bool same_initiator = ((stream_id ^ range.first) & 1) == 0;
    if (same_initiator && stream_id >= range.first && stream_id <= range.last) {
      return Fate::passed_over;
    }
  }
  return stream_id <= highest_forgotten_reset_ ? Fate::reset_by_us : Fate::closed;
}

}  // namespace nghttp2::session
