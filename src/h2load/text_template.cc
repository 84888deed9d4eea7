// SPDX-License-Identifier: MIT
// Text with places for the values of variables.
#include "h2load/text_template.h"

#include <utility>

#include "base/text.h"
#include "base/url.h"

namespace h2load {

namespace {

constexpr std::string_view kOpen = "{{";
constexpr std::string_view kClose = "}}";

void append_json(std::string& out, std::string_view value) {
  constexpr char kHex[] = "0123456789abcdef";
  for (const char c : value) {
    const auto octet = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (octet < 0x20) {
      out.append("\\u00").append(1, kHex[octet >> 4]).append(1, kHex[octet & 15]);
    } else {
      out += c;
    }
  }
}

void append(std::string& out, std::string_view value, Escaping escaping) {
  switch (escaping) {
    case Escaping::none: out += value; break;
    case Escaping::uri: out += base::escape_uri(value); break;
    case Escaping::json: append_json(out, value); break;
  }
}

}  // namespace

base::Result<TextTemplate> TextTemplate::compile(std::string_view text, Escaping escaping,
                                                 const Resolve& resolve) {
  TextTemplate made;
  made.escaping_ = escaping;
  std::string literal;
  while (!text.empty()) {
    const std::size_t open = text.find(kOpen);
    literal += text.substr(0, open);
    if (open == std::string_view::npos) break;
    text.remove_prefix(open + kOpen.size());
    if (text.starts_with(kOpen)) {
      literal += kOpen;
      text.remove_prefix(kOpen.size());
      continue;
    }
    const std::size_t close = text.find(kClose);
    if (close == std::string_view::npos) return base::Error{"'{{' has no '}}' after it"};
    auto variable = resolve(base::trim(text.substr(0, close)));
    if (!variable) return base::Error{variable.error()};
    made.places_.push_back({std::exchange(literal, {}), *variable});
    text.remove_prefix(close + kClose.size());
  }
  made.end_ = std::move(literal);
  return made;
}

std::vector<VariableId> TextTemplate::variables() const {
  std::vector<VariableId> all;
  for (const Place& place : places_)
    all.push_back(place.variable);
  return all;
}

void TextTemplate::expand(std::span<const std::string> values, std::string& out) const {
  out.clear();
  for (const Place& place : places_) {
    out += place.before;
    append(out, values[place.variable], escaping_);
  }
  out += end_;
}

std::string TextTemplate::text() const {
  std::string out;
  for (const Place& place : places_)
    out += place.before;
  return out + end_;
}

}  // namespace h2load
