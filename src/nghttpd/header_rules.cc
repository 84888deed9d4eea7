// SPDX-License-Identifier: MIT
// Response fields that the command line adds, replaces or removes.
#include "nghttpd/header_rules.h"

#include <fnmatch.h>

#include <algorithm>
#include <utility>

namespace nghttpd {

namespace {

// RFC 9113 §8.2.2 forbids the first; a length that is wrong would end connections.
constexpr std::string_view kReserved[] = {"connection",        "keep-alive", "proxy-connection",
                                          "transfer-encoding", "upgrade",    "content-length"};

std::string check(const http::FieldLine& field) {
  if (field.name.front() == ':') return "a field that is no pseudo-field";
  if (std::find(std::begin(kReserved), std::end(kReserved), field.name) != std::end(kReserved)) {
    return "a field other than " + field.name + ", which the server manages itself";
  }
  return {};
}

}  // namespace

bool matches_glob(const std::string& glob, const std::string& path) {
  return ::fnmatch(glob.c_str(), path.c_str(), 0) == 0;
}

std::string HeaderRules::add(std::string_view rule) {
  return add_to_group("", rule);
}

std::string HeaderRules::add_for(std::string_view rule) {
  const std::size_t colon = rule.find(':');
  if (colon == 0 || colon == std::string_view::npos) {
    return "<GLOB>:<NAME>:<VALUE>, such as '*.html:cache-control:no-cache'";
  }
  return add_to_group(rule.substr(0, colon), rule.substr(colon + 1));
}

std::string HeaderRules::add_to_group(std::string_view glob, std::string_view line) {
  http::FieldLine field;
  if (line.empty() || !http::parse_field_line(line, field)) {
    return "a field such as 'name: value'";
  }
  std::string problem = check(field);
  if (!problem.empty()) return problem;
  auto group = std::find_if(groups_.begin(), groups_.end(),
                            [glob](const Group& each) { return each.glob == glob; });
  if (group == groups_.end()) {
    // The rules for every response are the first group.
    group = groups_.insert(glob.empty() ? groups_.begin() : groups_.end(),
                           Group{std::string(glob), {}});
  }
  group->fields.add(field.name, field.value);
  return {};
}

void HeaderRules::apply(const std::string& path, http::Fields& fields) const {
  for (const Group& group : groups_) {
    if (!group.glob.empty() && !matches_glob(group.glob, path)) continue;
    for (const http::Field& field : group.fields)
      fields.remove(field.name);
    for (const http::Field& field : group.fields) {
      const bool is_removed =
          std::any_of(group.fields.begin(), group.fields.end(), [&field](const http::Field& each) {
            return each.name == field.name && each.value.empty();
          });
      if (!is_removed) fields.add(field.name, field.value);
    }
  }
}

}  // namespace nghttpd
