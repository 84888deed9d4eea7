// SPDX-License-Identifier: MIT
// Text with places for the values of variables: "/users/{{id}}".
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace h2load {

using VariableId = std::uint32_t;

// How values are written, for what is around them.
enum class Escaping {
  none,
  uri,  // octets that no URI may contain become %XX
  json  // inside a string of JSON
};

// Taken apart once; putting values in is copying pieces.
class TextTemplate {
 public:
  // The variable of that name, or why there is none.
  using Resolve = std::function<base::Result<VariableId>(std::string_view name)>;

  TextTemplate() = default;
  // "{{{{" stands for "{{".
  static base::Result<TextTemplate> compile(std::string_view text, Escaping escaping,
                                            const Resolve& resolve);

  bool is_constant() const { return places_.empty(); }
  // The variables in it, each as often as it is there.
  std::vector<VariableId> variables() const;
  // Replaces `out`. `values` has one for each variable.
  void expand(std::span<const std::string> values, std::string& out) const;
  // With no values at all: the text, if it is constant.
  std::string text() const;

 private:
  struct Place {
    std::string before;
    VariableId variable;
  };

  Escaping escaping_ = Escaping::none;
  std::vector<Place> places_;
  std::string end_;
};

}  // namespace h2load
