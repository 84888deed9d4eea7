// SPDX-License-Identifier: MIT
// Response fields that the command line adds, replaces or removes (--header, --header-for).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/fields.h"

namespace nghttpd {

// Whether a path of a request matches a pattern of the shell: * also stands for slashes.
bool matches_glob(const std::string& glob, const std::string& path);

class HeaderRules {
 public:
  // Reads "NAME:VALUE", for every response; "" or what was expected.
  std::string add(std::string_view rule);

  // Reads "GLOB:NAME:VALUE"; "" or what was expected.
  std::string add_for(std::string_view rule);

  bool empty() const { return groups_.empty(); }

  // Changes the fields of a response to a request for `path`, decoded and without query. What one
  // pattern says of a name replaces what was there: all values it lists, or none if it lists an
  // empty one. The rules for every response come first, then the patterns in order of first use.
  void apply(const std::string& path, http::Fields& fields) const;

 private:
  struct Group {
    std::string glob;  // empty: every response
    http::Fields fields;
  };

  std::string add_to_group(std::string_view glob, std::string_view line);

  std::vector<Group> groups_;
};

}  // namespace nghttpd
