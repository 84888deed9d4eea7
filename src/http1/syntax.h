// SPDX-License-Identifier: MIT
// The characters of HTTP/1.1 (RFC 9110 §5.6, RFC 9112 §2 to §5).
#pragma once

#include <string_view>

namespace http1 {

// token: methods and field names.
bool is_token(std::string_view text);

// Visible characters, spaces, tabs and octets above ASCII: neither CR nor LF nor NUL.
bool is_field_value(std::string_view text);

// What a request target may consist of: visible ASCII without the '#' of a fragment.
bool is_target(std::string_view text);

}  // namespace http1
