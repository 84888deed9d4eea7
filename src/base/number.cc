// SPDX-License-Identifier: MIT
// Numbers with units as options and configuration files write them.
#include "base/number.h"

#include <charconv>
#include <cmath>

#include "base/text.h"

namespace base {

namespace {

// Digits only, all of them: from_chars() alone would stop early or take a sign.
template <class T>
std::optional<T> parse_integer(std::string_view digits) {
  T value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<uint64_t> parse_unsigned(std::string_view text) {
  return parse_integer<uint64_t>(text);
}

std::optional<int64_t> parse_signed(std::string_view text) {
  return parse_integer<int64_t>(text);
}

std::optional<double> parse_decimal(std::string_view text) {
  if (text.empty() || text.find_first_not_of("0123456789.") != std::string_view::npos) {
    return std::nullopt;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<uint64_t> parse_size(std::string_view text) {
  unsigned shift = 0;
  if (!text.empty()) {
    switch (to_lower(text.back())) {
      case 'k': shift = 10; break;
      case 'm': shift = 20; break;
      case 'g': shift = 30; break;
      default: break;
    }
    if (shift) text.remove_suffix(1);
  }
  const auto value = parse_unsigned(text);
  if (!value || (*value << shift) >> shift != *value) return std::nullopt;
  return *value << shift;
}

std::optional<std::chrono::nanoseconds> parse_duration(std::string_view text) {
  const auto unit_at = std::min(text.find_first_not_of("0123456789."), text.size());
  const std::string unit = to_lower(text.substr(unit_at));
  double seconds_per_unit = 1;
  if (unit == "h") {
    seconds_per_unit = 3600;
  } else if (unit == "m") {
    seconds_per_unit = 60;
  } else if (unit == "ms") {
    seconds_per_unit = 0.001;
  } else if (!unit.empty() && unit != "s") {
    return std::nullopt;
  }
  const auto value = parse_decimal(text.substr(0, unit_at));
  if (!value) return std::nullopt;
  // A century is beyond any use and far from the limits of the clock arithmetic.
  constexpr double kMaxSeconds = 100.0 * 366 * 86400;
  const double seconds = *value * seconds_per_unit;
  if (!(seconds <= kMaxSeconds)) return std::nullopt;
  return std::chrono::nanoseconds(std::llround(seconds * 1e9));
}

std::string format_size(uint64_t bytes) {
  constexpr struct {
    unsigned shift;
    const char* unit;
  } kUnits[] = {{30, "G"}, {20, "M"}, {10, "K"}};
  for (const auto& [shift, unit] : kUnits) {
    if (bytes && (bytes >> shift) << shift == bytes) return std::to_string(bytes >> shift) + unit;
  }
  return std::to_string(bytes);
}

std::string format_duration(std::chrono::milliseconds duration) {
  const auto ms = duration.count();
  if (ms % 1000) return std::to_string(ms) + "ms";
  if (ms && ms % 3'600'000 == 0) return std::to_string(ms / 3'600'000) + "h";
  if (ms && ms % 60'000 == 0) return std::to_string(ms / 60'000) + "m";
  return std::to_string(ms / 1000) + "s";
}

}  // namespace base
