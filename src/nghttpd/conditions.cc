// SPDX-License-Identifier: MIT
// The fields of a request that decide which response it gets.
#include "nghttpd/conditions.h"

#include <algorithm>
#include <cstdint>

#include "base/text.h"

namespace nghttpd {

namespace {

// The lengths of the names that slot() knows: most fields of a request have another.
constexpr std::uint32_t kLengths =
    1u << 4 | 1u << 5 | 1u << 8 | 1u << 13 | 1u << 15 | 1u << 17 | 1u << 19;

bool has_known_length(std::string_view name) {
  return name.size() < 32 && (kLengths >> name.size() & 1) != 0;
}

}  // namespace

Conditions::Conditions(const http::Fields& request) {
  for (const http::Field& field : request) {
    if (!has_known_length(field.name)) continue;
    std::string* joined = nullptr;
    std::optional<std::string_view>* const value = slot(field.name, joined);
    if (value == nullptr) continue;
    if (!value->has_value()) {
      *value = field.value;
    } else if (joined != nullptr) {
      // The value may be a view of what is joined already.
      *joined = std::string(**value).append(", ").append(field.value);
      *value = *joined;
    }
  }
}

// By length first: most fields of a request are none of these.
std::optional<std::string_view>* Conditions::slot(std::string_view name, std::string*& joined) {
  switch (name.size()) {
    case 4: return name == "host" ? &host : nullptr;
    case 5: return name == "range" ? &range : nullptr;
    case 8:
      if (name == "if-range") return &if_range;
      joined = &joined_if_match_;
      return name == "if-match" ? &if_match : nullptr;
    case 13:
      joined = &joined_if_none_match_;
      return name == "if-none-match" ? &if_none_match : nullptr;
    case 15:
      joined = &joined_accept_encoding_;
      return name == "accept-encoding" ? &accept_encoding : nullptr;
    case 17: return name == "if-modified-since" ? &if_modified_since : nullptr;
    case 19: return name == "if-unmodified-since" ? &if_unmodified_since : nullptr;
    default: return nullptr;
  }
}

bool lists_entity_tag(std::string_view value, std::string_view tag, bool strong) {
  value = base::trim(value);
  if (value == "*") return true;
  while (!value.empty()) {
    const bool is_weak = value.starts_with("W/");
    if (is_weak) value.remove_prefix(2);
    // A tag may contain commas: it ends with its quote.
    const std::size_t end = value.starts_with('"') ? value.find('"', 1) : std::string_view::npos;
    if (end == std::string_view::npos) return false;
    if (value.substr(0, end + 1) == tag && !(strong && is_weak)) return true;
    value.remove_prefix(end + 1);
    value.remove_prefix(std::min(value.find_first_not_of(" \t,"), value.size()));
  }
  return false;
}

}  // namespace nghttpd
