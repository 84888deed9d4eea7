// SPDX-License-Identifier: MIT
// The RFCs' names for the numbers in frames.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "trace/frame.h"

namespace trace {

// These are "UNKNOWN" for what has no name.
std::string_view type_name(std::uint8_t type);
std::string_view error_name(std::uint32_t code);
std::string_view setting_name(std::uint32_t identifier);

// The flags that the type has, in the order of their bits.
std::vector<std::string_view> flag_names(const FrameHead& head);
// Flags that are set and have no meaning in the type; 0 for types that are not known.
std::uint8_t undefined_flags(const FrameHead& head);

}  // namespace trace
