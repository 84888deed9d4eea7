// SPDX-License-Identifier: MIT
// How the fields of a header block were represented, as JSON.
#pragma once

#include <cstdint>
#include <span>

#include "hpack_explain/block_decoder.h"
#include "json/value.h"

namespace hpack_explain {

// "indexed", "literal with indexing", ...
const char* name_of(Representation::Kind kind);
// "huffman" or "plain".
const char* coding_of(const CodedString& string);

// An object: the representation, the field, and what it did to the dynamic table.
json::Value step_json(const Step& step, std::span<const std::uint8_t> block);
json::Value evicted_json(std::span<const TableEntry> evicted);

}  // namespace hpack_explain
