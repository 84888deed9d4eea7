// SPDX-License-Identifier: MIT
// The characters of HTTP/1.1.
#include "http1/syntax.h"

#include <algorithm>

#include "base/text.h"

namespace http1 {

namespace {

bool is_token_octet(char c) {
  if (base::is_alpha(c) || base::is_digit(c)) return true;
  return c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_value_octet(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return octet == '\t' || (octet >= 0x20 && octet != 0x7f);
}

}  // namespace

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_octet);
}

bool is_field_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_value_octet);
}

bool is_target(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return c > 0x20 && c < 0x7f && c != '#'; });
}

}  // namespace http1
