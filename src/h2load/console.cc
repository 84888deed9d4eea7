// SPDX-License-Identifier: MIT
// What the program says on standard output while it runs.
#include "h2load/console.h"

#include <cstdarg>
#include <cstdio>

#include "base/text.h"

namespace h2load {

void say(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  std::vprintf(format, arguments);
  va_end(arguments);
  std::fflush(stdout);
}

void show_field(std::int32_t stream_id, std::string_view name, std::string_view value) {
  say("[stream_id=%d] %s: %s\n", stream_id, base::escape(name).c_str(),
      base::escape(value).c_str());
}

}  // namespace h2load
