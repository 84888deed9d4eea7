// SPDX-License-Identifier: MIT
// The cases of a JSON document, one at a time, so that a document may be larger than memory.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "base/result.h"
#include "hpack_tools/byte_source.h"
#include "json/value.h"

namespace hpack_tools {

// An element of the array that the root object has as "cases".
struct JsonCase {
  json::Value value;
  std::size_t number;  // from 0
  Place place;         // where it begins
};

class JsonSource {
 public:
  // No value in the document may have more octets.
  static constexpr std::size_t kMaxValueOctets = 16 * 1024 * 1024;

  explicit JsonSource(ByteSource& bytes, std::size_t max_value_octets = kMaxValueOctets)
      : bytes_(bytes), max_value_octets_(max_value_octets) {}

  // The next case; nullopt behind the last one, when the whole document has been read. An error
  // names the case, if it is in one, the line and the column; no further call is allowed then.
  base::Result<std::optional<JsonCase>> next();

 private:
  enum class Stage { start, members, cases, end };

  base::Result<bool> enter_cases();
  base::Result<bool> enter_member();
  base::Result<bool> leave_member();
  base::Result<bool> leave_document();
  base::Result<JsonCase> read_case();
  base::Result<json::Value> read_value();
  base::Result<std::string> take_text();
  int peek_behind_blanks();
  base::Result<bool> expect(char wanted);
  base::Error expected(const char* what);
  base::Error error_at(Place place, const std::string& reason) const;

  ByteSource& bytes_;
  const std::size_t max_value_octets_;
  Stage stage_ = Stage::start;
  bool has_cases_ = false;
  std::size_t count_ = 0;
};

}  // namespace hpack_tools
