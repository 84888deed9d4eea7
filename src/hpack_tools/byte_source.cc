// SPDX-License-Identifier: MIT
// Input octet by octet, with the line and column that they are at.
#include "hpack_tools/byte_source.h"

#include <unistd.h>

#include <cerrno>

#include "base/text.h"

namespace hpack_tools {

std::string describe(Place place) {
  return "line " + std::to_string(place.line) + ", column " + std::to_string(place.column);
}

void ByteSource::skip() {
  const auto octet = static_cast<unsigned char>(buffer_[begin_++]);
  if (octet == '\n') {
    ++place_.line;
    place_.column = 1;
  } else if ((octet & 0xc0) != 0x80) {
    ++place_.column;  // the first octet of a character of UTF-8
  }
}

bool ByteSource::fill() {
  if (ended_) return false;
  const auto count = read_(buffer_);
  begin_ = 0;
  end_ = count ? *count : 0;
  if (!count) failure_ = count.error();
  ended_ = end_ == 0;
  return !ended_;
}

ByteSource::Read read_from(int descriptor) {
  return [descriptor](std::span<char> room) -> base::Result<std::size_t> {
    for (;;) {
      const ssize_t count = ::read(descriptor, room.data(), room.size());
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno != EINTR) return base::Error{"cannot read the input: " + base::error_text(errno)};
    }
  };
}

}  // namespace hpack_tools
