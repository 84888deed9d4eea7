// SPDX-License-Identifier: MIT
// Cases as JSON, written one by one as they are finished.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"
#include "hpack_explain/block_decoder.h"
#include "hpack_tools/block_encoder.h"
#include "json/value.h"

namespace hpack_tools {

// {NAME: VALUE}
json::Value field_json(std::string_view name, std::string_view value);
// Hexadecimal digits.
json::Value wire_json(std::span<const std::uint8_t> octets);

// The value of "header_table": the dynamic table, newest entry first.
json::Value table_json(const BlockEncoder& encoder);
json::Value table_json(const hpack_explain::BlockDecoder& decoder);

// Writes the document {"cases": [...]} to a file.
class CaseWriter {
 public:
  explicit CaseWriter(int descriptor) : descriptor_(descriptor) {}

  base::Result<void> add(const json::Value& one);
  // Completes the document. To be called whatever has happened.
  base::Result<void> finish();

 private:
  int descriptor_;
  bool has_begun_ = false;
};

}  // namespace hpack_tools
