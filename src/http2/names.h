// SPDX-License-Identifier: MIT
// What RFC 9113 and those after it call what frames consist of.
#pragma once

#include <cstdint>
#include <string_view>

namespace http2 {

// "SETTINGS", or "extension" for types that have no name here.
std::string_view frame_type_name(std::uint8_t type);

// "SETTINGS_MAX_FRAME_SIZE"; empty for those that have no name here.
std::string_view setting_name(std::int32_t id);

}  // namespace http2
