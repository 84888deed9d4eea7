// SPDX-License-Identifier: MIT
// Regular expressions as Perl has them, which what a server sends cannot slow down.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace h2load {

class Pattern {
 public:
  // An error as well if the program was built without PCRE2.
  static base::Result<Pattern> compile(std::string_view text);

  // What the first group has matched, or all of it if there is no group. nullopt as well if finding
  // out would take too long.
  std::optional<std::string> find_in(std::string_view text) const;

 private:
  struct Code;

  std::shared_ptr<const Code> code_;
};

}  // namespace h2load
