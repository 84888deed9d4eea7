// SPDX-License-Identifier: MIT
// What the program says on standard output while it runs.
#include "h2load/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdarg>
#include <cstdio>
#include <mutex>
#include <string>

#include "base/text.h"

namespace h2load {

namespace {

constexpr std::size_t kUsualColumns = 80;
// To the begin of the line, and away with what is in it (ECMA-48).
constexpr char kEraseLine[] = "\r\x1b[K";

std::mutex output;
bool is_live_shown = false;

void erase_live() {
  if (is_live_shown) std::fputs(kEraseLine, stdout);
  is_live_shown = false;
}

}  // namespace

void say(const char* format, ...) {
  const std::lock_guard lock(output);
  erase_live();
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

std::size_t live_columns() {
  if (::isatty(STDOUT_FILENO) == 0) return 0;
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUsualColumns;
  return size.ws_col;
}

void show_live(std::string_view line) {
  const std::lock_guard lock(output);
  erase_live();
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fflush(stdout);
  is_live_shown = true;
}

void clear_live() {
  const std::lock_guard lock(output);
  erase_live();
  std::fflush(stdout);
}

}  // namespace h2load
