// SPDX-License-Identifier: MIT
// Names and values of fields, which are octets, as JSON strings, which are Unicode text, and back.
#pragma once

#include <string>
#include <string_view>

namespace json {

// Octets that are no valid UTF-8 become the private-use characters U+F780 to U+F7FF, which stand
// for 0x80 to 0xff. Text that contains one of those characters has its octets written in the same
// way, so that nothing is ambiguous: octets_of(text_of(x)) is x for every x.
std::string text_of(std::string_view octets);

// The same for a name, which becomes a key of a JSON object: NUL, which no key can have, becomes
// U+F700.
std::string key_text_of(std::string_view octets);

// The inverse of both; other text becomes its UTF-8. The text must be valid UTF-8.
std::string octets_of(std::string_view text);

}  // namespace json
