// SPDX-License-Identifier: MIT
// What the program says on standard output while it runs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace h2load {

// printf() that is seen at once; threads do not mix within one call.
[[gnu::format(printf, 1, 2)]] void say(const char* format, ...);

// A field of a response: --verbose.
void show_field(std::int32_t stream_id, std::string_view name, std::string_view value);

// How wide the terminal is that standard output is; 0 if it is none.
std::size_t live_columns();
// Keeps this as the last line of the terminal, until the next one or until it is cleared. It must
// fit.
void show_live(std::string_view line);
void clear_live();

}  // namespace h2load
