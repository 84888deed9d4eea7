// SPDX-License-Identifier: MIT
// A value inside JSON text, named by a JSON pointer (RFC 6901).
#include "json/pointer.h"

#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "json/value.h"

namespace json {

namespace {

// nullopt if "~" is followed by neither "0" nor "1".
std::optional<std::string> unescape(std::string_view step) {
  std::string out;
  for (std::size_t i = 0; i < step.size(); ++i) {
    if (step[i] != '~') {
      out += step[i];
      continue;
    }
    if (++i == step.size() || (step[i] != '0' && step[i] != '1')) return std::nullopt;
    out += step[i] == '0' ? '~' : '/';
  }
  return out;
}

json_t* enter(json_t* value, const std::string& step) {
  if (json_is_object(value)) return json_object_get(value, step.c_str());
  if (!json_is_array(value) || (step.size() > 1 && step.starts_with('0'))) return nullptr;
  const auto index = base::parse_unsigned(step);
  return index ? json_array_get(value, *index) : nullptr;
}

}  // namespace

base::Result<Pointer> Pointer::parse(std::string_view text) {
  Pointer pointer;
  if (text.empty()) return pointer;
  if (text.front() != '/') return base::Error{"a JSON pointer begins with '/'"};
  for (const std::string_view part : base::split(text.substr(1), '/')) {
    auto step = unescape(part);
    if (!step) return base::Error{"in a JSON pointer, '~' is followed by 0 or 1"};
    pointer.steps_.push_back(*std::move(step));
  }
  return pointer;
}

std::optional<std::string> Pointer::find_in(std::string_view text) const {
  const Value root(json_loadb(text.data(), text.size(), JSON_DECODE_ANY | JSON_ALLOW_NUL, nullptr));
  json_t* value = root.get();
  for (const std::string& step : steps_)
    value = value ? enter(value, step) : nullptr;
  if (!value) return std::nullopt;
  if (json_is_string(value)) {
    return std::string(json_string_value(value), json_string_length(value));
  }
  return dump(Value(json_incref(value)), JSON_COMPACT | JSON_ENCODE_ANY);
}

}  // namespace json
