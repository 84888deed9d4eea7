// SPDX-License-Identifier: MIT
// What became of streams that are gone, as far as RFC 9113 §5.1 wants to know: which were passed
// over, and which we reset ourselves, so that frames for them may still be on their way.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/vec.h"

namespace nghttp2::session {

// Memory is bounded and taken on first use. What has been forgotten is judged in the peer's favour.
class StreamHistory {
 public:
  enum class Fate : uint8_t {
    closed,       // it was used and has ended; the peer knows
    passed_over,  // never used, and closed by the use of a higher one (RFC 9113 §5.1.1)
    reset_by_us,  // the peer may not know yet
  };

  static constexpr size_t kMaxPassedOver = 32;  // ranges
  static constexpr size_t kMaxResets = 256;

  explicit StreamHistory(const Allocator& allocator) : allocator_(&allocator) {}
  StreamHistory(const StreamHistory&) = delete;
  StreamHistory& operator=(const StreamHistory&) = delete;
  ~StreamHistory() { allocator_->destroy(records_); }

  // All streams of one initiator from first to last, both included. False: no memory.
  [[nodiscard]] bool note_passed_over(int32_t first, int32_t last);
  // False: no memory.
  [[nodiscard]] bool note_reset(int32_t stream_id);
  // Of a stream that is neither idle nor alive.
  Fate fate_of(int32_t stream_id) const;

 private:
  struct Range {
    int32_t first;
    int32_t last;
  };

  struct Records {
    explicit Records(const Allocator& allocator) : passed_over(allocator), resets(allocator) {}

    Vec<Range> passed_over;
    Vec<int32_t> resets;
    size_t oldest_reset = 0;
    int32_t highest_forgotten_reset = 0;
  };

  [[nodiscard]] bool begin() {
    if (!records_) records_ = allocator_->create<Records>(*allocator_);
    return records_ != nullptr;
  }

  const Allocator* allocator_;
  // Most connections need none.
  Records* records_ = nullptr;
};

}  // namespace nghttp2::session
