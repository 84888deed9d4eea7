// SPDX-License-Identifier: MIT
// Numbers as reports write them, and as programs that read them expect.
#include "h2load/units.h"

#include <cstdio>

namespace h2load {

std::string decimal_text(double value, int digits) {
  char text[400];
  std::snprintf(text, sizeof(text), "%.*f", digits, value);
  return text;
}

std::string duration_text(double nanoseconds) {
  if (nanoseconds >= 1e9) return decimal_text(nanoseconds / 1e9) + "s";
  if (nanoseconds >= 1e6) return decimal_text(nanoseconds / 1e6) + "ms";
  return std::to_string(static_cast<std::uint64_t>(nanoseconds / 1e3)) + "us";
}

std::string octets_text(double octets) {
  constexpr double kUnit = 1024;
  if (octets >= kUnit * kUnit * kUnit) return decimal_text(octets / kUnit / kUnit / kUnit) + "GB";
  if (octets >= kUnit * kUnit) return decimal_text(octets / kUnit / kUnit) + "MB";
  if (octets >= kUnit) return decimal_text(octets / kUnit) + "KB";
  return std::to_string(static_cast<std::uint64_t>(octets)) + "B";
}

std::string percent_text(double part) {
  return decimal_text(part * 100) + "%";
}

std::string percentile_name(double percentile) {
  char text[32];
  std::snprintf(text, sizeof(text), "%g", percentile);
  return text;
}

}  // namespace h2load
