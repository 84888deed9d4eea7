// SPDX-License-Identifier: MIT
// Blocks of fields written as in HTTP/1 (RFC 9112 §5), with an empty line between two of them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "base/result.h"
#include "hpack_tools/byte_source.h"
#include "hpack_tools/case_input.h"

namespace hpack_tools {

class TextSource {
 public:
  // Of a line, its end not counted.
  static constexpr std::size_t kMaxLineOctets = 2 * kMaxStringOctets + 1024;
  static constexpr std::size_t kMaxBlockOctets = 16 * 1024 * 1024;

  explicit TextSource(ByteSource& bytes) : bytes_(bytes) {}

  // The next block; nullopt at the end of the input. Names are in lower case, as HTTP/2 demands,
  // and values have no blanks around them. An error names the case and the line.
  base::Result<std::optional<EncodingCase>> next();

 private:
  // A line without its end; false at the end of the input.
  base::Result<bool> read_line(std::string& line);
  base::Error error_at(std::size_t line, const std::string& reason) const;

  ByteSource& bytes_;
  std::size_t count_ = 0;
};

}  // namespace hpack_tools
