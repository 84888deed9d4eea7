// SPDX-License-Identifier: MIT
// Flow-control arithmetic (RFC 9113 §5.2, §6.9).
#include "session/flow_window.h"

#include <algorithm>

#include "base/check.h"

namespace nghttp2::session {

bool SendWindow::widen(int64_t by) {
  const int64_t sum = int64_t(available_) + by;
  if (sum > kMaxWindow || sum < INT32_MIN) return false;
  available_ = int32_t(sum);
  return true;
}

bool RecvWindow::receive(size_t bytes) {
  const int64_t sum = int64_t(received_) + int64_t(bytes);
  // Nothing can be too much even where the limit has been lowered below what arrived.
  if (bytes > 0 && sum > limit_) return false;
  received_ = int32_t(sum);
  return true;
}

bool RecvWindow::consume(size_t bytes) {
  if (bytes > size_t(kMaxWindow) || consumed_ > kMaxWindow - int32_t(bytes)) return false;
  consumed_ += int32_t(bytes);
  return true;
}

bool RecvWindow::shift_limit(int64_t by) {
  const int64_t sum = int64_t(limit_) + by;
  if (sum > kMaxWindow || sum < INT32_MIN) return false;
  limit_ = int32_t(sum);
  return true;
}

int32_t RecvWindow::take_automatic_update() {
  if (!is_update_due(received_)) return 0;
  const int32_t increment = received_;
  received_ = 0;
  return increment;
}

int32_t RecvWindow::take_manual_update() {
  // A decrement by the application may have left less to give back than was consumed.
  const int32_t increment = std::min(consumed_, received_);
  if (!is_update_due(increment)) return 0;
  received_ -= increment;
  consumed_ -= increment;
  return increment;
}

bool RecvWindow::adjust(int32_t increment, int32_t* announce) {
  *announce = 0;
  if (increment < 0) return increment != INT32_MIN && lower(-increment);
  const int32_t owed = std::max(0, received_);
  if (increment <= owed) {
    received_ = owed - increment;
    *announce = increment;
  } else {
    if (!raise(increment - owed, announce, true)) return false;
    *announce += owed;
  }
  consumed_ = std::max(0, consumed_ - *announce);
  return true;
}

bool RecvWindow::set_limit(int32_t limit, int32_t* announce) {
  *announce = 0;
  if (limit < limit_) return lower(limit_ - limit);
  return limit == limit_ || raise(limit - limit_, announce, false);
}

bool RecvWindow::raise(int32_t by, int32_t* announce, bool received_is_returned) {
  if (limit_ > kMaxWindow - by) return false;
  limit_ += by;
  const int32_t from_withheld = std::min(withheld_, by);
  withheld_ -= from_withheld;
  // What is owed is about to be announced by the caller, so that only the withheld part remains.
  if (received_is_returned && received_ > 0) received_ = 0;
  received_ += from_withheld;
  *announce = by - from_withheld;
  return true;
}

bool RecvWindow::lower(int32_t by) {
  if (int64_t(limit_) - by < 0 || int64_t(received_) - by < INT32_MIN ||
      int64_t(withheld_) + by > kMaxWindow) {
    return false;
  }
  limit_ -= by;
  received_ -= by;
  withheld_ += by;
  return true;
}

}  // namespace nghttp2::session
