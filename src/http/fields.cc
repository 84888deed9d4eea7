// SPDX-License-Identifier: MIT
// Field sections: look-up and the "name: value" form that command lines use.
#include "http/fields.h"

#include <algorithm>

#include "base/text.h"

namespace http {

namespace {

bool is_token_octet(char c) {
  if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
  return c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_value_octet(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return octet == '\t' || (octet >= 0x20 && octet != 0x7f);
}

}  // namespace

void Fields::set(std::string_view name, std::string value) {
  auto first = std::find_if(list_.begin(), list_.end(),
                            [name](const Field& field) { return field.name == name; });
  if (first == list_.end()) {
    add(std::string(name), std::move(value));
    return;
  }
  first->value = std::move(value);
  list_.erase(std::remove_if(first + 1, list_.end(),
                             [name](const Field& field) { return field.name == name; }),
              list_.end());
}

std::size_t Fields::remove(std::string_view name) {
  return std::erase_if(list_, [name](const Field& field) { return field.name == name; });
}

const Field* Fields::find(std::string_view name) const {
  const auto found = std::find_if(list_.begin(), list_.end(),
                                  [name](const Field& field) { return field.name == name; });
  return found == list_.end() ? nullptr : &*found;
}

std::string_view Fields::value(std::string_view name) const {
  const Field* field = find(name);
  return field == nullptr ? std::string_view() : std::string_view(field->value);
}

bool parse_field_line(std::string_view line, Field& out) {
  const std::size_t colon = line.find(':', 1);
  if (colon == std::string_view::npos) return false;
  const std::string_view name = line.substr(0, colon);
  std::string_view value = line.substr(colon + 1);
  const std::string_view token = name.front() == ':' ? name.substr(1) : name;
  if (token.empty() || !std::all_of(token.begin(), token.end(), is_token_octet)) return false;

  value = base::trim(value);
  if (!std::all_of(value.begin(), value.end(), is_value_octet)) return false;

  out.name = base::to_lower(name);
  out.value = value;
  out.sensitive = false;
  return true;
}

}  // namespace http
