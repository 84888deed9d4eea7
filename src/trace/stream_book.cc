// SPDX-License-Identifier: MIT
// The streams of a connection, as the frames in both directions have left them.
#include "trace/stream_book.h"

#include <algorithm>

namespace trace {

namespace {

// A client opens as many streams as it likes; a server promises no more than these at a time.
constexpr std::size_t kMaxPromised = 5000;
constexpr std::size_t kMaxClosed = 1000;

}  // namespace

StreamRecord* StreamBook::find(std::int32_t id) {
  const auto found = streams_.find(id);
  return found == streams_.end() ? nullptr : &found->second;
}

StreamRecord* StreamBook::add(std::int32_t id) {
  const bool is_promised = id % 2 == 0;
  std::int32_t& highest = is_promised ? highest_promised_ : highest_opened_;
  highest = std::max(highest, id);
  if (is_promised && ++promised_ > kMaxPromised) {
    --promised_;
    return nullptr;
  }
  StreamRecord& stream = streams_[id];
  stream.id = id;
  stream.is_reserved = stream.sent_end = is_promised;
  return &stream;
}

void StreamBook::settle(std::int32_t id) {
  StreamRecord* const stream = find(id);
  if (stream == nullptr || !stream->is_closed() || stream->is_settled) return;
  stream->is_settled = true;
  closed_.push_back(id);
  if (closed_.size() <= kMaxClosed) return;
  if (closed_.front() % 2 == 0) --promised_;
  streams_.erase(closed_.front());
  closed_.pop_front();
}

std::size_t StreamBook::count_open_pushes() const {
  return static_cast<std::size_t>(
      std::count_if(streams_.begin(), streams_.end(), [](const auto& entry) {
        const StreamRecord& stream = entry.second;
        return stream.is_promised() && !stream.is_reserved && !stream.is_closed();
      }));
}

}  // namespace trace
