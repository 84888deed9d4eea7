// SPDX-License-Identifier: MIT
// ANSI colours for terminal output, empty strings when colour is off.
#include "base/colour.h"

#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace base {

bool Colour::is_supported(int fd) {
  const char* const no_color = std::getenv("NO_COLOR");
  if (no_color && *no_color) return false;
  const char* const terminal = std::getenv("TERM");
  return terminal && std::strcmp(terminal, "dumb") != 0 && isatty(fd);
}

}  // namespace base
