// SPDX-License-Identifier: MIT
// One direction of a connection, cut into frames.
#include "trace/frame_splitter.h"

#include <algorithm>

namespace trace {

namespace {

constexpr std::size_t kHeadOctets = 9;

FrameHead read_head(Octets octets) {
  Reader reader(octets);
  FrameHead head;
  head.length = reader.number(3);
  head.type = static_cast<std::uint8_t>(reader.number(1));
  head.flags = static_cast<std::uint8_t>(reader.number(1));
  head.stream_id = reader.id();
  head.reserved_bit = reader.reserved_bit();
  return head;
}

}  // namespace

std::size_t FrameSplitter::take(Octets octets) {
  has_preface_ = false;
  if (is_whole_) restart();
  if (preface_left_ > 0) {
    const std::size_t count = std::min(preface_left_, octets.size());
    preface_left_ -= count;
    has_preface_ = preface_left_ == 0;
    return count;
  }
  if (skipping_ > 0) {
    const std::size_t count = std::min(skipping_, octets.size());
    skipping_ -= count;
    return count;
  }
  std::size_t taken = 0;
  const auto keep = [&](std::size_t total) {
    const std::size_t count = std::min(total - octets_.size(), octets.size() - taken);
    const Octets part = octets.subspan(taken, count);
    octets_.insert(octets_.end(), part.begin(), part.end());
    taken += count;
    return octets_.size() == total;
  };
  if (octets_.size() < kHeadOctets) {
    if (!keep(kHeadOctets)) return taken;
    head_ = read_head(octets_);
    if (head_.length > max_length_) {
      is_whole_ = true;
      skipping_ = head_.length;
      return taken;
    }
  }
  is_whole_ = keep(kHeadOctets + head_.length);
  return taken;
}

std::optional<Frame> FrameSplitter::frame() const {
  return is_whole_ ? std::optional(Frame{head_, Octets(octets_).subspan(kHeadOctets)})
                   : std::nullopt;
}

std::optional<Frame> FrameSplitter::unfinished() const {
  if (is_whole_ || octets_.size() < kHeadOctets) return std::nullopt;
  return Frame{head_, Octets(octets_).subspan(kHeadOctets)};
}

void FrameSplitter::restart() {
  is_whole_ = false;
  octets_.clear();
}

}  // namespace trace
