// SPDX-License-Identifier: MIT
// Names and values of fields, which are octets, as JSON strings, which are Unicode text, and back.
#include "json/octets.h"

#include <cstddef>
#include <cstdint>

namespace json {

namespace {

// U+F700 + octet: EF 9C 80 stands for NUL, EF 9E 80 to EF 9F BF for 0x80 to 0xff.
constexpr std::string_view kNulText = "\xef\x9c\x80";

void append_stand_in(std::string& text, std::uint8_t octet) {
  text += '\xef';
  text += static_cast<char>(0x9c | octet >> 6);
  text += static_cast<char>(0x80 | (octet & 0x3f));
}

// The octet that the character at the start of the text stands for; -1 if it stands for itself.
int octet_of_stand_in(std::string_view text) {
  if (text.starts_with(kNulText)) return 0;
  if (text.size() < 3 || text[0] != '\xef') return -1;
  const auto second = static_cast<std::uint8_t>(text[1]);
  if (second != 0x9e && second != 0x9f) return -1;
  return (second & 3) << 6 | (static_cast<std::uint8_t>(text[2]) & 0x3f);
}

bool continues(std::string_view octets, std::size_t count) {
  if (octets.size() <= count) return false;
  for (std::size_t i = 1; i <= count; ++i) {
    if ((static_cast<std::uint8_t>(octets[i]) & 0xc0) != 0x80) return false;
  }
  return true;
}

// The length of the valid UTF-8 character at the start; 0 if there is none (RFC 3629).
std::size_t character_length(std::string_view octets) {
  const auto first = static_cast<std::uint8_t>(octets[0]);
  const auto second = octets.size() > 1 ? static_cast<std::uint8_t>(octets[1]) : std::uint8_t{0};
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return continues(octets, 1) ? 2 : 0;
  if ((first & 0xf0) == 0xe0) {
    const bool overlong = first == 0xe0 && second < 0xa0;
    const bool surrogate = first == 0xed && second > 0x9f;
    return !overlong && !surrogate && continues(octets, 2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const bool overlong = first == 0xf0 && second < 0x90;
    const bool too_large = first == 0xf4 && second > 0x8f;
    return !overlong && !too_large && continues(octets, 3) ? 4 : 0;
  }
  return 0;
}

std::string to_text(std::string_view octets, bool is_key) {
  std::string text;
  text.reserve(octets.size());
  while (!octets.empty()) {
    std::size_t length = character_length(octets);
    if (length == 0 || (length == 3 && octet_of_stand_in(octets) >= 0)) {
      length = 1;
      append_stand_in(text, static_cast<std::uint8_t>(octets[0]));
    } else if (octets[0] == 0 && is_key) {
      text += kNulText;
    } else {
      text += octets.substr(0, length);
    }
    octets.remove_prefix(length);
  }
  return text;
}

}  // namespace

std::string text_of(std::string_view octets) {
  return to_text(octets, false);
}

std::string key_text_of(std::string_view octets) {
  return to_text(octets, true);
}

std::string octets_of(std::string_view text) {
  std::string octets;
  octets.reserve(text.size());
  while (!text.empty()) {
    const int octet = octet_of_stand_in(text);
    octets += octet < 0 ? text[0] : static_cast<char>(octet);
    text.remove_prefix(octet < 0 ? 1 : 3);
  }
  return octets;
}

}  // namespace json
