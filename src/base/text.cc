// SPDX-License-Identifier: MIT
// Small text helpers: trimming, splitting, ASCII case, and escaping for terminals and logs.
#include "base/text.h"

#include <algorithm>
#include <cstdio>
#include <system_error>

namespace base {

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string_view> split_list(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (const auto part : split(text, separator)) {
    if (const auto trimmed = trim(part); !trimmed.empty()) parts.push_back(trimmed);
  }
  return parts;
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i) text += separator;
    text += parts[i];
  }
  return text;
}

char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string to_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    c = to_lower(c);
  return lower;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return to_lower(x) == to_lower(y); });
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_hex_digit(char c) {
  return hex_value(c) >= 0;
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  c = to_lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

// The code point at the front of text and its length in bytes; length 0 when the bytes are not
// well-formed UTF-8 (RFC 3629).
struct CodePoint {
  uint32_t value = 0;
  size_t length = 0;
};

CodePoint decode_utf8(std::string_view text) {
  const auto octet = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t lead = octet(0);
  if (lead < 0x80) return {lead, 1};
  const size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return {};
  uint32_t value = lead & (0x7fu >> length);
  for (size_t i = 1; i < length; ++i) {
    if ((octet(i) & 0xc0) != 0x80) return {};
    value = value << 6 | (octet(i) & 0x3fu);
  }
  constexpr uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (value < kSmallest[length] || value > 0x10ffff || surrogate) return {};
  return {value, length};
}

// Code points that a terminal would act upon instead of showing them.
bool is_control(uint32_t code) {
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x200e || code == 0x200f ||
         (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

void append_escaped_byte(std::string& out, char c) {
  switch (c) {
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  const auto octet = static_cast<uint8_t>(c);
  out += "\\x";
  out += kHexDigits[octet >> 4];
  out += kHexDigits[octet & 15];
}

}  // namespace

std::string escape(std::string_view text, size_t max_bytes) {
  const bool cut = text.size() > max_bytes;
  if (cut) text = text.substr(0, max_bytes);
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    const size_t length = std::max<size_t>(point.length, 1);
    if (text[0] == '\\') {
      out += "\\\\";
    } else if (point.length == 0 || is_control(point.value)) {
      for (const char c : text.substr(0, length))
        append_escaped_byte(out, c);
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  if (cut) out += "...";
  return out;
}

std::string quote(std::string_view text, size_t max_bytes) {
  std::string out = "'";
  for (const char c : escape(text, max_bytes)) {
    if (c == '\'') out += '\\';
    out += c;
  }
  return out + "'";
}

void append_json_escaped(std::string& out, std::string_view text) {
  constexpr uint32_t kForeignOctets = 0xf700;
  const auto append_unit = [&out](uint32_t unit) {
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
      out += kHexDigits[unit >> shift & 15];
  };
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    const size_t length = std::max<size_t>(point.length, 1);
    if (point.length == 0) {
      append_unit(kForeignOctets + static_cast<uint8_t>(text[0]));
    } else if (is_control(point.value)) {
      append_unit(point.value);
    } else {
      if (text[0] == '"' || text[0] == '\\') out += '\\';
      out += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
}

std::string to_hex(std::span<const uint8_t> bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const uint8_t octet : bytes) {
    out += kHexDigits[octet >> 4];
    out += kHexDigits[octet & 15];
  }
  return out;
}

namespace {

constexpr size_t kDumpColumns = 16;

std::string dump_offset(size_t offset) {
  char text[24];
  std::snprintf(text, sizeof(text), "%08zx", offset);
  return text;
}

std::string dump_line(size_t offset, std::span<const uint8_t> line) {
  std::string out = dump_offset(offset) + " ";
  std::string ascii;
  for (size_t i = 0; i < kDumpColumns; ++i) {
    if (i == kDumpColumns / 2) out += ' ';
    if (i >= line.size()) {
      out += "   ";
      continue;
    }
    const uint8_t octet = line[i];
    out += ' ';
    out += kHexDigits[octet >> 4];
    out += kHexDigits[octet & 15];
    ascii += octet >= 0x20 && octet < 0x7f ? static_cast<char>(octet) : '.';
  }
  return out + "  |" + ascii + "|\n";
}

}  // namespace

std::string hex_dump(std::span<const uint8_t> bytes) {
  std::string out;
  std::span<const uint8_t> previous;
  bool folding = false;
  for (size_t offset = 0; offset < bytes.size(); offset += kDumpColumns) {
    const auto line = bytes.subspan(offset, std::min(kDumpColumns, bytes.size() - offset));
    if (line.size() == kDumpColumns &&
        std::equal(line.begin(), line.end(), previous.begin(), previous.end())) {
      if (!folding) out += "*\n";
      folding = true;
      continue;
    }
    folding = false;
    out += dump_line(offset, line);
    previous = line;
  }
  if (!bytes.empty()) out += dump_offset(bytes.size()) + "\n";
  return out;
}

std::string wrap(std::string_view text, size_t width, size_t indent) {
  const std::string line_break = "\n" + std::string(indent, ' ');
  std::string out;
  for (const auto paragraph : split(text, '\n')) {
    if (paragraph.data() != text.data()) out += line_break;
    size_t column = 0;
    for (const auto word : split_list(paragraph, ' ')) {
      if (column > 0 && column + 1 + word.size() > width) {
        out += line_break;
        column = 0;
      }
      if (column > 0) {
        out += ' ';
        ++column;
      }
      out += word;
      column += word.size();
    }
  }
  return out;
}

size_t edit_distance(std::string_view a, std::string_view b) {
  // Row by row over prefixes of a; two earlier rows are kept for swaps of neighbours.
  std::vector<size_t> before(b.size() + 1), previous(b.size() + 1), current(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j)
    previous[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replace = previous[j - 1] + (a[i - 1] != b[j - 1]);
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, replace});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        current[j] = std::min(current[j], before[j - 2] + 1);
      }
    }
    before.swap(previous);
    previous.swap(current);
  }
  return previous[b.size()];
}

std::string error_text(int error_number) {
  return std::generic_category().message(error_number);
}

}  // namespace base
