// SPDX-License-Identifier: MIT
// ANSI colours for terminal output, empty strings when colour is off.
#pragma once

#include <string_view>

namespace base {

class Colour {
 public:
  explicit Colour(bool enabled = false) : enabled_(enabled) {}

  // True when the descriptor is a terminal, TERM is not "dumb" and NO_COLOR is not set.
  static bool is_supported(int fd);

  bool enabled() const { return enabled_; }
  std::string_view reset() const { return pick("\033[0m"); }
  std::string_view bold() const { return pick("\033[1m"); }
  std::string_view red() const { return pick("\033[31m"); }
  std::string_view green() const { return pick("\033[32m"); }
  std::string_view yellow() const { return pick("\033[33m"); }
  std::string_view blue() const { return pick("\033[34m"); }
  std::string_view magenta() const { return pick("\033[35m"); }
  std::string_view cyan() const { return pick("\033[36m"); }
  // Any other escape sequence with the same switch.
  std::string_view pick(std::string_view sequence) const {
    return enabled_ ? sequence : std::string_view();
  }

 private:
  bool enabled_;
};

}  // namespace base
