// SPDX-License-Identifier: MIT
// The variables of a scenario while its file is being read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "h2load/scenario_variable.h"

namespace h2load {

class VariableNames {
 public:
  static constexpr std::size_t kMaxVariables = 1000;

  // These say "" or what is wrong. Several requests may capture the same variable.
  std::string add_source(ValueSource source);
  std::string add_capture(std::string_view name);

  // The variable that "{{name}}" means.
  base::Result<VariableId> resolve(std::string_view name);
  // What gives a variable its values; nothing if that is captures.
  std::optional<std::size_t> source_of(VariableId variable) const;

  void use_in_field(VariableId variable) { in_field_[variable] = true; }
  bool is_in_field(VariableId variable) const { return in_field_[variable]; }
  // "" or which value of a table cannot be in a field though it is used there.
  std::string check_fields() const;

  VariableSet take();

 private:
  struct Name {
    std::string text;
    std::optional<std::size_t> source;
    std::optional<VariableId> variable;  // not of a table
  };

  std::string add_name(std::string_view text, std::optional<std::size_t> source);
  Name* find(std::string_view text);
  base::Error unknown(std::string_view text) const;
  base::Result<VariableId> cell_of(std::size_t source, std::string_view column, bool has_column);
  VariableId new_variable();

  std::vector<Name> names_;
  std::vector<bool> in_field_;
  VariableSet set_;
};

}  // namespace h2load
