// SPDX-License-Identifier: MIT
// A value inside JSON text, named by a JSON pointer (RFC 6901).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace json {

class Pointer {
 public:
  // "" is the whole; "/a/0" the first element of the member "a". "~1" stands for "/", "~0" for "~".
  static base::Result<Pointer> parse(std::string_view text);

  // What it names in the text: a string as its octets, anything else as it is written. nullopt if
  // the text is no JSON, or there is nothing of that name.
  std::optional<std::string> find_in(std::string_view text) const;

 private:
  std::vector<std::string> steps_;
};

}  // namespace json
