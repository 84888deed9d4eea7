// SPDX-License-Identifier: MIT
// Cases that use the public C interface alone: the same program measures any library that has it.
// The functions are those that release 1.52 of libnghttp2 has as well.
#pragma once

#include <string>

namespace bench {

void add_hpack_cases(const std::string& corpus);
void add_session_cases();
void add_memory_cases();

}  // namespace bench
