// SPDX-License-Identifier: MIT
// Messages for the person who started the program: one line each on standard error.
#include "base/log.h"

#include <unistd.h>

#include <cerrno>
#include <string>

#include "base/file.h"
#include "base/text.h"

namespace base {

namespace {

void print(std::string_view label, std::string_view text) {
  std::string line(program_name());
  line.append(": ").append(label);
  for (const auto part : split(text, '\n')) {
    if (part.data() != text.data()) line += '\n';
    line += escape(part);
  }
  line += '\n';
  // There is no better place to report that standard error cannot be written.
  static_cast<void>(write_all(STDERR_FILENO, as_bytes(line)).ok());
}

}  // namespace

void log_error(std::string_view text) {
  print("", text);
}

void log_warning(std::string_view text) {
  print("warning: ", text);
}

std::string_view program_name() {
  std::string_view name = program_invocation_short_name;
  // libtool runs uninstalled programs under this alias.
  if (name.starts_with("lt-")) name.remove_prefix(3);
  return name;
}

}  // namespace base
