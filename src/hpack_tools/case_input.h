// SPDX-License-Identifier: MIT
// What a case asks for: fields to encode or a header block to decode.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "json/value.h"

namespace hpack_tools {

// Octets as they are on the wire.
struct Field {
  std::string name;
  std::string value;
};

struct EncodingCase {
  std::vector<Field> fields;
  std::optional<std::uint32_t> header_table_size;  // changes to this before the case
};

struct DecodingCase {
  std::string block;
  std::optional<std::uint32_t> header_table_size;
};

// Read a case that is an object. Keys that are not known are not looked at.
base::Result<EncodingCase> read_encoding_case(const json_t* value);
base::Result<DecodingCase> read_decoding_case(const json_t* value);

// Decoders take no name or value that is longer, hence nothing longer is encoded.
inline constexpr std::size_t kMaxStringOctets = 65536;

// "" or what is wrong with the field.
std::string check_length(const Field& field);

}  // namespace hpack_tools
