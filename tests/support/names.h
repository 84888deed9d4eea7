// SPDX-License-Identifier: MIT
// Names of numbers, both ways, as scenarios write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace support {

// A known number gives its name; an unknown one gives it in hexadecimal.
std::string frame_type_name(std::uint8_t type);
std::string error_code_name(std::uint32_t error_code);
std::string setting_name(std::uint32_t id);
// Positive numbers and unknown ones are written in decimal.
std::string library_error_name(long long code);
std::string stream_state_name(int state);
std::string flag_names(std::uint8_t type, std::uint8_t flags);

// A name or a number (decimal, or hexadecimal after 0x).
std::optional<std::uint32_t> parse_number(std::string_view text);
std::optional<std::uint32_t> parse_error_code(std::string_view text);
std::optional<std::uint32_t> parse_setting(std::string_view text);
std::optional<int> parse_library_error(std::string_view text);
std::optional<std::uint8_t> parse_frame_type(std::string_view text);

// Printable ASCII as it is, the rest as \xNN, in double quotes. Long texts (over 60 octets) give
// their size and what repeats: `1000 x "a"` or `1000 octets`.
std::string quoted(std::string_view bytes);

// A header field: "name: value", the value quoted unless it is plain, with ~ in front of the name
// if the field must never be indexed.
std::string field_text(std::string_view name, std::string_view value, bool never_index);

}  // namespace support
