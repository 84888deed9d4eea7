// SPDX-License-Identifier: MIT
// How the fields of a header block were represented, as JSON and as a table for people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "hpack_explain/block_decoder.h"
#include "json/value.h"

namespace hpack_tools {

// A block that has been decoded, as far as it is good.
struct Explained {
  std::size_t number = 0;  // of the case
  std::span<const std::uint8_t> block;
  std::vector<hpack_explain::TableEntry>
      evicted_before;  // because the table size changed before the block
  hpack_explain::DecodedBlock decoded;
};

// {"representations": [...]}, with an object for each; also "evicted_before" if anything was.
json::Value explanation_json(const Explained& one);

// A line for each representation, with a heading; ends with a newline.
std::string explanation_table(const Explained& one);

}  // namespace hpack_tools
