// SPDX-License-Identifier: MIT
// What the program says on standard output while it runs.
#pragma once

#include <cstdint>
#include <string_view>

namespace h2load {

// printf() that is seen at once; threads do not mix within one call.
[[gnu::format(printf, 1, 2)]] void say(const char* format, ...);

// A field of a response: --verbose.
void show_field(std::int32_t stream_id, std::string_view name, std::string_view value);

}  // namespace h2load
