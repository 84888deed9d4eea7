// SPDX-License-Identifier: MIT
// Numbers with units as options and configuration files write them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace base {

// A decimal integer without sign, blanks or trailing characters; nullopt on anything else and on
// overflow.
std::optional<uint64_t> parse_unsigned(std::string_view text);

// As parse_unsigned() with an optional leading '-'.
std::optional<int64_t> parse_signed(std::string_view text);

// A decimal number such as "0.5" or "20"; nullopt for signs, exponents, infinities and garbage.
std::optional<double> parse_decimal(std::string_view text);

// SIZE: an integer with an optional unit K, M or G (either case; powers of 1024).
std::optional<uint64_t> parse_size(std::string_view text);

// DURATION: an integer or decimal number with an optional unit h, m, s or ms (either case); bare
// numbers are seconds. The result is rounded to nanoseconds and never negative.
std::optional<std::chrono::nanoseconds> parse_duration(std::string_view text);

// The inverse forms with the largest unit that divides the value: "16K", "90s", "1h", "150ms".
std::string format_size(uint64_t bytes);
std::string format_duration(std::chrono::milliseconds duration);

}  // namespace base
