// SPDX-License-Identifier: MIT
// Flow-control windows (RFC 9113 §5.2, §6.9), the same for a connection and for a stream.
#pragma once

#include <cstddef>
#include <cstdint>

namespace nghttp2::session {

inline constexpr int32_t kMaxWindow = INT32_MAX;
inline constexpr int32_t kDefaultWindow = 65535;

// How much DATA the peer lets us send. May be negative after the peer lowered its
// SETTINGS_INITIAL_WINDOW_SIZE (RFC 9113 §6.9.2).
class SendWindow {
 public:
  explicit SendWindow(int32_t size = kDefaultWindow) : available_(size) {}

  int32_t available() const { return available_; }
  // False, with no effect, if the window would exceed 2^31-1.
  [[nodiscard]] bool widen(int64_t by);
  void spend(size_t bytes) { available_ -= int32_t(bytes); }

 private:
  int32_t available_;
};

// How much DATA we let the peer send, and what we have yet to give back.
//
// limit() is the size that the window has when everything received has been given back. A limit
// that the application lowers cannot be taken from the peer; that much is withheld from later
// WINDOW_UPDATE frames, and received() is negative until it has been used up.
class RecvWindow {
 public:
  explicit RecvWindow(int32_t limit = kDefaultWindow) : limit_(limit) {}

  int32_t limit() const { return limit_; }
  int32_t received() const { return received_; }
  int32_t available() const { return received_ < limit_ ? limit_ - received_ : 0; }

  // Counts bytes of a DATA frame, padding included. False if the peer exceeded the window.
  [[nodiscard]] bool receive(size_t bytes);
  // Counts bytes that the application is done with. False when the sum overflows.
  [[nodiscard]] bool consume(size_t bytes);
  // Moves the limit with SETTINGS_INITIAL_WINDOW_SIZE; the peer knows it. False on overflow.
  [[nodiscard]] bool shift_limit(int64_t by);

  // The increment of the WINDOW_UPDATE frame that is due, 0 when none is; it then counts as given
  // back. An update is due when half the limit can be returned. Automatic mode returns what has
  // been received, manual mode what has been consumed.
  int32_t take_automatic_update();
  int32_t take_manual_update();

  // The application submits an increment, or a decrement, of its own: first what was received is
  // given back, the rest moves the limit. *announce becomes what the peer must be told.
  // False on overflow.
  [[nodiscard]] bool adjust(int32_t increment, int32_t* announce);
  // The application sets the limit; what was received stays owed.
  [[nodiscard]] bool set_limit(int32_t limit, int32_t* announce);

 private:
  [[nodiscard]] bool raise(int32_t by, int32_t* announce, bool received_is_returned);
  [[nodiscard]] bool lower(int32_t by);
  bool is_update_due(int32_t returnable) const {
    return returnable > 0 && returnable >= limit_ / 2;
  }

  int32_t limit_;
  int32_t received_ = 0;
  int32_t consumed_ = 0;
  int32_t withheld_ = 0;
};

}  // namespace nghttp2::session
