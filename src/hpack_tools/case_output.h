// SPDX-License-Identifier: MIT
// Cases as JSON, written one by one as they are finished.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"
#include "hpack_tools/block_decoder.h"
#include "hpack_tools/block_encoder.h"
#include "hpack_tools/json.h"

namespace hpack_tools {

// Throw std::bad_alloc when there is no memory.
Json checked(json_t* made);
void set(const Json& object, const char* key, Json value);
void set(const Json& object, const char* key, std::string_view octets);  // see text_of()
void set(const Json& object, const char* key, std::size_t number);
void append(const Json& array, Json value);

// {NAME: VALUE}
Json field_json(std::string_view name, std::string_view value);
// Hexadecimal digits.
Json wire_json(std::span<const std::uint8_t> octets);

// The value of "header_table": the dynamic table, newest entry first.
Json table_json(const BlockEncoder& encoder);
Json table_json(const BlockDecoder& decoder);

// Writes the document {"cases": [...]} to a file.
class CaseWriter {
 public:
  explicit CaseWriter(int descriptor) : descriptor_(descriptor) {}

  base::Result<void> add(const Json& one);
  // Completes the document. To be called whatever has happened.
  base::Result<void> finish();

 private:
  int descriptor_;
  bool has_begun_ = false;
};

}  // namespace hpack_tools
