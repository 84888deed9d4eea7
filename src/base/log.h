// SPDX-License-Identifier: MIT
// Messages for the person who started the program: one line each on standard error.
#pragma once

#include <string_view>

namespace base {

// "PROGRAM: text\n" with control characters escaped, in one write; newlines in the text stay.
void log_error(std::string_view text);
// "PROGRAM: warning: text\n".
void log_warning(std::string_view text);

// The file name of the running program without directories.
std::string_view program_name();

}  // namespace base
