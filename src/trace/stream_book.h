// SPDX-License-Identifier: MIT
// The streams of a connection, as the frames in both directions have left them.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>

namespace trace {

struct StreamRecord {
  std::int32_t id = 0;
  // Promised, and nothing has come since.
  bool is_reserved = false;
  bool sent_end = false;
  bool received_end = false;
  bool sent_reset = false;
  bool received_reset = false;
  bool is_over = false;     // what came last should not have come at all
  bool is_settled = false;  // known to be closed

  std::int64_t receive_window = 0;
  std::int64_t send_window = 0;

  std::string method;
  bool has_response = false;  // the final one
  bool is_tunnel = false;
  bool forbids_content = false;
  std::optional<std::uint64_t> content_length;
  std::uint64_t content = 0;

  bool is_promised() const { return id % 2 == 0; }
  bool is_closed() const { return sent_reset || received_reset || (sent_end && received_end); }
};

class StreamBook {
 public:
  // nullptr for a stream that is idle or was forgotten.
  StreamRecord* find(std::int32_t id);
  bool is_idle(std::int32_t id) const {
    return id > (id % 2 == 0 ? highest_promised_ : highest_opened_);
  }
  std::int32_t highest_promised() const { return highest_promised_; }

  // A stream that is idle. nullptr when there are too many to keep one more.
  StreamRecord* add(std::int32_t id);
  // A stream that is closed may be forgotten now: old ones are.
  void settle(std::int32_t id);

  // Pushed streams that count towards SETTINGS_MAX_CONCURRENT_STREAMS.
  std::size_t count_open_pushes() const;

  template <class Call>
  void for_each(const Call& call) {
    for (auto& [id, stream] : streams_)
      call(stream);
  }

 private:
  std::unordered_map<std::int32_t, StreamRecord> streams_;
  std::deque<std::int32_t> closed_;
  std::int32_t highest_opened_ = 0;
  std::int32_t highest_promised_ = 0;
  std::size_t promised_ = 0;
};

}  // namespace trace
