// SPDX-License-Identifier: MIT
// Defence against abusive peers: named counters, each for one kind of attack. What the protocol
// itself forbids is decided where frames are handled, not here.
#pragma once

#include <cstddef>
#include <cstdint>

namespace nghttp2::session {

// So many at once, and so many more a second.
struct Rate {
  uint64_t burst;
  uint64_t rate;
};

// A token bucket. Its rate is the same for each call.
class RateLimit {
 public:
  explicit RateLimit(const Rate& rate) : tokens_(rate.burst) {}

  // False when the bucket is empty.
  [[nodiscard]] bool drain(const Rate& rate, uint64_t tokens);

 private:
  void refill(const Rate& rate);

  uint64_t tokens_;
  uint64_t refilled_at_ = 0;
};

struct LimitOptions {
  Rate resets = {.burst = 1000, .rate = 33};
  Rate forced_resets = {.burst = 10000, .rate = 330};
  Rate glitches = {.burst = 10000, .rate = 330};
  Rate control_frames = {.burst = 100000, .rate = 10000};
  Rate small_data = {.burst = UINT64_MAX, .rate = 0};
  uint32_t max_queued_acks = 1000;
  uint32_t max_settings_entries = 32;
  uint32_t max_continuations = 8;
  uint32_t max_outbound_queue = 5000;
  uint32_t max_send_header_block = 65536;
  uint32_t max_reserved_remote_streams = 200;
  uint32_t max_header_list_size = 1 << 20;
  uint32_t max_header_fields = 10000;
  bool announces_header_list_size = false;  // in the first SETTINGS frame
};

// What the fields of one block may amount to (RFC 9113 §6.5.2: 32 octets each on top).
struct HeaderBudget {
  int64_t size = 0;
  int64_t fields = 0;
};

class Limits {
 public:
  // The options outlive the limits.
  explicit Limits(const LimitOptions& options)
      : options(options),
        resets_(options.resets),
        forced_resets_(options.forced_resets),
        glitches_(options.glitches),
        control_frames_(options.control_frames),
        small_data_(options.small_data) {}

  const LimitOptions& options;

  HeaderBudget header_budget() const {
    return {bounded(options.max_header_list_size), bounded(options.max_header_fields)};
  }

  // Rapid reset: requests that are cancelled as soon as they were made cost us work and the peer
  // nothing. False when it has come to that.
  [[nodiscard]] bool note_stream_reset() { return resets_.drain(options.resets, 1); }
  // MadeYouReset (CVE-2025-8671): the same, but the peer provokes us to cancel its requests.
  [[nodiscard]] bool note_forced_reset() { return forced_resets_.drain(options.forced_resets, 1); }
  // Things that are legal, or wrong in a small way, and useless in numbers: empty DATA, malformed
  // messages, unknown frames, priority signals. False when there were too many.
  [[nodiscard]] bool note_glitch(uint64_t weight = 1) {
    return glitches_.drain(options.glitches, weight);
  }

  // SETTINGS (CVE-2018-16844) and PING cost work however fast they are acknowledged, SETTINGS for
  // every stream whose window they move.
  [[nodiscard]] bool note_ping() { return control_frames_.drain(options.control_frames, 1); }
  [[nodiscard]] bool note_settings(size_t streams) {
    return control_frames_.drain(options.control_frames, 1 + streams / kStreamsPerToken);
  }
  // WINDOW_UPDATE floods, and windows that are opened octet by octet (CVE-2019-9511). Who returns
  // credit for the DATA that we send may do so as fast as we send.
  [[nodiscard]] bool note_window_update() {
    if (window_update_credit_ == 0) return control_frames_.drain(options.control_frames, 1);
    --window_update_credit_;
    return true;
  }
  void data_sent(size_t length, bool ends_stream) {
    if ((length < kLeastReturn && !ends_stream) || window_update_credit_ >= kMostCredit) return;
    window_update_credit_ += 2;  // for the stream and for the connection
  }

  // Small-DATA flood: flow control counts octets, but frames cost more than their octets.
  [[nodiscard]] bool note_data(size_t length) {
    return length >= kSmallData || small_data_.drain(options.small_data, 1);
  }

  // Informational responses (RFC 9110 §15.2) may be repeated without end. False when there are more
  // than a few for each request.
  void request_sent() {
    if (informational_credit_ < kMostCredit) informational_credit_ += kInformationalResponses;
  }
  [[nodiscard]] bool note_informational_response() {
    if (informational_credit_ == 0) return false;
    --informational_credit_;
    return true;
  }

  // PING and SETTINGS floods make acknowledgements pile up that the peer does not read.
  [[nodiscard]] bool may_queue_ack() const { return queued_acks_ < options.max_queued_acks; }
  void ack_queued() { ++queued_acks_; }
  void ack_sent() { --queued_acks_; }

  // CONTINUATION flood: frames that belong to one header block, the first one not counted.
  void begin_header_block() { continuations_ = 0; }
  [[nodiscard]] bool note_continuation() { return ++continuations_ <= options.max_continuations; }

 private:
  static constexpr size_t kStreamsPerToken = 16;
  static constexpr size_t kLeastReturn = 256;             // octets of a DATA frame that we sent
  static constexpr uint32_t kMostCredit = 100000;         // frames
  static constexpr size_t kSmallData = 64;                // octets of payload: fewer are small
  static constexpr uint32_t kInformationalResponses = 8;  // for each request

  // So that a few of them can be added up.
  static int64_t bounded(size_t limit) {
    constexpr size_t kMost = size_t(INT64_MAX / 8);
    return int64_t(limit < kMost ? limit : kMost);
  }

  RateLimit resets_;
  RateLimit forced_resets_;
  RateLimit glitches_;
  RateLimit control_frames_;
  RateLimit small_data_;
  uint32_t window_update_credit_ = 0;
  uint32_t informational_credit_ = 0;
  size_t queued_acks_ = 0;
  size_t continuations_ = 0;
};

}  // namespace nghttp2::session
