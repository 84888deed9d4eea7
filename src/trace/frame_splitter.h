// SPDX-License-Identifier: MIT
// One direction of a connection, cut into frames.
#pragma once

#include <optional>
#include <vector>

#include "trace/frame.h"

namespace trace {

class FrameSplitter {
 public:
  // A frame that is longer than `max_length` is there as soon as its head is, without its payload.
  // Before the first frame are `preface_length` octets.
  explicit FrameSplitter(std::size_t max_length, std::size_t preface_length = 0)
      : max_length_(max_length), preface_left_(preface_length) {}

  // Takes octets, at most to the end of the frame, and returns how many.
  std::size_t take(Octets octets);

  // Whether the last octet of the preface has just been taken.
  bool has_preface() const { return has_preface_; }
  // What is there once the last octet of a frame has been taken, until more are.
  std::optional<Frame> frame() const;
  // At the end of the direction: a frame of which the head is there, but not all.
  std::optional<Frame> unfinished() const;

 private:
  void restart();

  std::size_t max_length_;
  std::size_t preface_left_;
  bool has_preface_ = false;
  std::vector<std::uint8_t> octets_;  // of the head, then those of the payload, too
  FrameHead head_;
  bool is_whole_ = false;
  // Octets of a payload that is too long.
  std::size_t skipping_ = 0;
};

}  // namespace trace
