// SPDX-License-Identifier: MIT
// Where in a text a value of it is. Jansson forgets that.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "json/document.h"

namespace json {

// The line, counted from 1, on which the value begins; that of the last step that is there. The
// text must be valid JSON.
std::size_t line_of(std::string_view text, const Path& path);

// As people write it: "requests[2].headers.accept"; "" for the whole.
std::string path_text(const Path& path);

}  // namespace json
