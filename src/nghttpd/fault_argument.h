// SPDX-License-Identifier: MIT
// Arguments of --fault: each function returns "" or what was expected.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace nghttpd::fault_argument {

std::string duration(std::string_view text, std::chrono::milliseconds& out);

std::string number(std::string_view text, std::uint64_t least, std::uint64_t most,
                   std::uint64_t& out);

// An error code of RFC 9113 §7 by name, or any as a number.
std::string error_code(std::string_view text, std::uint32_t& out);

}  // namespace nghttpd::fault_argument
