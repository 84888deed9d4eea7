// SPDX-License-Identifier: MIT
// What a case asks for: fields to encode or a header block to decode.
#include "hpack_tools/case_input.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "json/octets.h"

namespace hpack_tools {

namespace {

std::string_view text_in(const json_t* string) {
  return {json_string_value(string), json_string_length(string)};
}

base::Result<std::optional<std::uint32_t>> read_table_size(const json_t* one) {
  const json_t* value = json_object_get(one, "header_table_size");
  if (value == nullptr) return std::optional<std::uint32_t>();
  const json_int_t size = json_integer_value(value);
  if (!json_is_integer(value) || size < 0 || size > json_int_t{UINT32_MAX}) {
    return base::Error{"\"header_table_size\" is no integer in the range 0 to 4294967295"};
  }
  return std::optional<std::uint32_t>(static_cast<std::uint32_t>(size));
}

base::Result<Field> read_field(json_t* value) {
  if (!json_is_object(value) || json_object_size(value) != 1) {
    return base::Error{"not an object with one pair of name and value"};
  }
  void* pair = json_object_iter(value);
  const json_t* text = json_object_iter_value(pair);
  if (!json_is_string(text)) return base::Error{"the value is not a string"};
  Field field = {json::octets_of(json_object_iter_key(pair)), json::octets_of(text_in(text))};
  const std::string problem = check_length(field);
  if (!problem.empty()) return base::Error{problem};
  return field;
}

// The octets that pairs of hexadecimal digits stand for.
base::Result<std::string> read_hex(std::string_view digits) {
  std::string octets;
  octets.reserve(digits.size() / 2);
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const int value = base::hex_value(digits[i]);
    if (value < 0) {
      return base::Error{"\"wire\" has " + base::quote(digits.substr(i, 1)) + " at position " +
                         std::to_string(i) + ", which is no hexadecimal digit"};
    }
    if (i % 2 == 0) {
      octets += static_cast<char>(value << 4);
    } else {
      octets.back() = static_cast<char>(static_cast<unsigned char>(octets.back()) | value);
    }
  }
  if (digits.size() % 2 != 0) return base::Error{"\"wire\" has an odd number of digits"};
  return octets;
}

}  // namespace

std::string check_length(const Field& field) {
  const std::size_t longest = std::max(field.name.size(), field.value.size());
  if (longest <= kMaxStringOctets) return {};
  const bool is_name = field.name.size() == longest;
  return std::string(is_name ? "the name" : "the value") + " has " + std::to_string(longest) +
         " octets; decoders take " + std::to_string(kMaxStringOctets) + " at most";
}

base::Result<EncodingCase> read_encoding_case(const json_t* value) {
  EncodingCase one;
  auto table_size = read_table_size(value);
  if (!table_size) return base::Error{table_size.error()};
  one.header_table_size = *table_size;
  const json_t* headers = json_object_get(value, "headers");
  if (!json_is_array(headers)) return base::Error{"\"headers\" is missing or no array"};
  one.fields.reserve(json_array_size(headers));
  for (std::size_t i = 0; i < json_array_size(headers); ++i) {
    auto field = read_field(json_array_get(headers, i));
    if (!field) return base::Error{"headers[" + std::to_string(i) + "]: " + field.error()};
    one.fields.push_back(std::move(*field));
  }
  return one;
}

base::Result<DecodingCase> read_decoding_case(const json_t* value) {
  DecodingCase one;
  auto table_size = read_table_size(value);
  if (!table_size) return base::Error{table_size.error()};
  one.header_table_size = *table_size;
  const json_t* wire = json_object_get(value, "wire");
  if (!json_is_string(wire)) return base::Error{"\"wire\" is missing or no string"};
  auto block = read_hex(text_in(wire));
  if (!block) return base::Error{block.error()};
  one.block = std::move(*block);
  return one;
}

}  // namespace hpack_tools
