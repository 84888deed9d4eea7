// SPDX-License-Identifier: MIT
// Defence against abusive peers: named counters, each for one kind of attack. What the protocol
// itself forbids is decided where frames are handled, not here.
#pragma once

#include <cstddef>
#include <cstdint>

namespace nghttp2::session {

// A token bucket: `burst` at once, refilled by `rate` a second.
class RateLimit {
 public:
  RateLimit(uint64_t burst, uint64_t rate) : burst_(burst), rate_(rate), tokens_(burst) {}

  // False when the bucket is empty.
  [[nodiscard]] bool drain(uint64_t tokens);

 private:
  void refill();

  uint64_t burst_;
  uint64_t rate_;
  uint64_t tokens_;
  uint64_t refilled_at_ = 0;
};

struct LimitOptions {
  uint64_t reset_burst = 1000;
  uint64_t reset_rate = 33;
  uint64_t forced_reset_burst = 10000;
  uint64_t forced_reset_rate = 330;
  uint64_t glitch_burst = 10000;
  uint64_t glitch_rate = 330;
  uint64_t control_frame_burst = 100000;
  uint64_t control_frame_rate = 10000;
  uint64_t small_data_burst = UINT64_MAX;
  uint64_t small_data_rate = 0;
  size_t max_queued_acks = 1000;
  size_t max_settings_entries = 32;
  size_t max_continuations = 8;
  size_t max_outbound_queue = 5000;
  size_t max_send_header_block = 65536;
  size_t max_reserved_remote_streams = 200;
  size_t max_header_list_size = 1 << 20;
  size_t max_header_fields = 10000;
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
        resets_(options.reset_burst, options.reset_rate),
        forced_resets_(options.forced_reset_burst, options.forced_reset_rate),
        glitches_(options.glitch_burst, options.glitch_rate),
        control_frames_(options.control_frame_burst, options.control_frame_rate),
        small_data_(options.small_data_burst, options.small_data_rate) {}

  const LimitOptions& options;

  HeaderBudget header_budget() const {
    return {bounded(options.max_header_list_size), bounded(options.max_header_fields)};
  }

  // Rapid reset: requests that are cancelled as soon as they were made cost us work and the peer
  // nothing. False when it has come to that.
  [[nodiscard]] bool note_stream_reset() { return resets_.drain(1); }
  // MadeYouReset (CVE-2025-8671): the same, but the peer provokes us to cancel its requests.
  [[nodiscard]] bool note_forced_reset() { return forced_resets_.drain(1); }
  // Things that are legal, or wrong in a small way, and useless in numbers: empty DATA, malformed
  // messages, unknown frames, priority signals. False when there were too many.
  [[nodiscard]] bool note_glitch(uint64_t weight = 1) { return glitches_.drain(weight); }

  // SETTINGS (CVE-2018-16844) and PING cost work however fast they are acknowledged, SETTINGS for
  // every stream whose window they move.
  [[nodiscard]] bool note_ping() { return control_frames_.drain(1); }
  [[nodiscard]] bool note_settings(size_t streams) {
    return control_frames_.drain(1 + streams / kStreamsPerToken);
  }
  // WINDOW_UPDATE floods, and windows that are opened octet by octet (CVE-2019-9511). Who returns
  // credit for the DATA that we send may do so as fast as we send.
  [[nodiscard]] bool note_window_update() {
    if (window_update_credit_ == 0) return control_frames_.drain(1);
    --window_update_credit_;
    return true;
  }
  void data_sent(size_t length, bool ends_stream) {
    if ((length < kLeastReturn && !ends_stream) || window_update_credit_ >= kMostCredit) return;
    window_update_credit_ += 2;  // for the stream and for the connection
  }

  // Small-DATA flood: flow control counts octets, but frames cost more than their octets.
  [[nodiscard]] bool note_data(size_t length) {
    return length >= kSmallData || small_data_.drain(1);
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
