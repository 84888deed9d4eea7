// SPDX-License-Identifier: MIT
// What became of streams that are gone.
#include "session/stream_history.h"

#include <algorithm>

namespace nghttp2::session {

bool StreamHistory::note_passed_over(int32_t first, int32_t last) {
  if (!begin()) return false;
  Vec<Range>& ranges = records_->passed_over;
  if (ranges.size() == kMaxPassedOver) {
    // The oldest range counts as closed from now on, which is an error to use as well.
    for (size_t i = 1; i < ranges.size(); ++i)
      ranges[i - 1] = ranges[i];
    ranges.pop();
  }
  return ranges.push({first, last});
}

bool StreamHistory::note_reset(int32_t stream_id) {
  if (!begin()) return false;
  Records& records = *records_;
  if (records.resets.size() < kMaxResets) return records.resets.push(stream_id);
  int32_t& oldest = records.resets[records.oldest_reset];
  records.highest_forgotten_reset = std::max(records.highest_forgotten_reset, oldest);
  oldest = stream_id;
  records.oldest_reset = (records.oldest_reset + 1) % kMaxResets;
  return true;
}

StreamHistory::Fate StreamHistory::fate_of(int32_t stream_id) const {
  if (!records_) return Fate::closed;
  for (int32_t id : records_->resets) {
    if (id == stream_id) return Fate::reset_by_us;
  }
  for (const Range& range : records_->passed_over) {
    const bool same_initiator = ((stream_id ^ range.first) & 1) == 0;
    if (same_initiator && stream_id >= range.first && stream_id <= range.last) {
      return Fate::passed_over;
    }
  }
  return stream_id <= records_->highest_forgotten_reset ? Fate::reset_by_us : Fate::closed;
}

}  // namespace nghttp2::session
