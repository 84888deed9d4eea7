// SPDX-License-Identifier: MIT
// Small text helpers: trimming, splitting, ASCII case, and escaping for terminals and logs.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace base {

// Removes spaces and horizontal tabs from both ends (RFC 9110 §5.6.3 OWS).
std::string_view trim(std::string_view text);

// The parts between separators; "a,,b" gives three parts, "" gives one empty part.
std::vector<std::string_view> split(std::string_view text, char separator);

// As split(), with every part trimmed and empty parts left out.
std::vector<std::string_view> split_list(std::string_view text, char separator);

std::string join(std::span<const std::string> parts, std::string_view separator);

// ASCII only: bytes outside A-Z stay as they are, whatever the locale.
char to_lower(char c);
std::string to_lower(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);

bool is_digit(char c);
bool is_alpha(char c);
bool is_hex_digit(char c);
// 0-15 for a hexadecimal digit, -1 for anything else.
int hex_value(char c);

// Printable form of untrusted bytes for a terminal or a log line: control bytes, DEL and bytes
// that do not form valid UTF-8 become \xNN (\n, \r, \t get their short form), and a backslash
// becomes \\; C1 controls and the bidirectional override characters are escaped, too. Longer
// input than max_bytes is cut and ends with "...".
std::string escape(std::string_view text, size_t max_bytes = 4096);

// escape() in single quotes, with inner single quotes written as \'.
std::string quote(std::string_view text, size_t max_bytes = 256);

// Appends untrusted bytes as what stands between the quotation marks of a JSON string (RFC 8259
// §7). Bytes that do not form valid UTF-8 become the private-use characters U+F780 to U+F7FF, which
// stand for the octets 0x80 to 0xff; what a terminal would act upon is escaped.
void append_json_escaped(std::string& out, std::string_view text);

// Lower-case hexadecimal without separators.
std::string to_hex(std::span<const uint8_t> bytes);

// Canonical hex and ASCII dump, 16 bytes a line: offset, hexadecimal columns, |text|. Equal full
// lines after the first are folded into one "*" line; the last line is the total length.
std::string hex_dump(std::span<const uint8_t> bytes);

// Breaks text at spaces into lines of at most `width` columns, joined by newline and `indent`
// spaces. Newlines in the text are kept as paragraph breaks; a word longer than a line stays whole.
std::string wrap(std::string_view text, size_t width, size_t indent);

// The number of single-character edits (insert, remove, replace, swap neighbours) from a to b.
size_t edit_distance(std::string_view a, std::string_view b);

// The system's description of an errno value, e.g. "Connection refused".
std::string error_text(int error_number);

inline std::span<const uint8_t> as_bytes(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

inline std::string_view as_text(std::span<const uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace base
