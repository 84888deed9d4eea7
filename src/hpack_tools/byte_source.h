// SPDX-License-Identifier: MIT
// Input octet by octet, with the line and column that they are at.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace hpack_tools {

// Of a character in a text, both counted from 1.
struct Place {
  std::size_t line = 1;
  std::size_t column = 1;
};

std::string describe(Place place);  // "line 3, column 14"

class ByteSource {
 public:
  // Fills a part of the room and tells how many octets; 0 is the end of the input.
  using Read = std::function<base::Result<std::size_t>(std::span<char> room)>;

  static constexpr int kEnd = -1;

  explicit ByteSource(Read read) : read_(std::move(read)), buffer_(kBufferOctets) {}

  // The next octet, or kEnd at the end of the input and when it cannot be read; see failure().
  int peek() {
    return begin_ < end_ || fill() ? static_cast<unsigned char>(buffer_[begin_]) : kEnd;
  }
  // Takes the octet that peek() has given.
  void skip();
  Place place() const { return place_; }
  // Why the input cannot be read; "" if nothing is wrong.
  const std::string& failure() const { return failure_; }

 private:
  static constexpr std::size_t kBufferOctets = 65536;

  bool fill();

  Read read_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool ended_ = false;
  Place place_;
  std::string failure_;
};

// Reads what is left of a file.
ByteSource::Read read_from(int descriptor);

}  // namespace hpack_tools
