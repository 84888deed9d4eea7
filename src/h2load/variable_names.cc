// SPDX-License-Identifier: MIT
// The variables of a scenario while its file is being read.
#include "h2load/variable_names.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "h2load/capture.h"

namespace h2load {

namespace {

constexpr std::size_t kMaxNameBytes = 64;

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= kMaxNameBytes && !base::is_digit(text.front()) &&
         std::ranges::all_of(text, [](char c) {
           return base::is_alpha(c) || base::is_digit(c) || c == '_' || c == '-';
         });
}

std::string hint(std::string_view text, const std::vector<std::string>& known) {
  for (const std::string& name : known)
    if (base::edit_distance(text, name) <= 2)
      return "; did you mean " + base::quote(name, 64) + "?";
  return {};
}

}  // namespace

std::string VariableNames::add_name(std::string_view text, std::optional<std::size_t> source) {
  if (!is_name(text)) {
    return "the name of a variable has letters, digits, '_' and '-' and does not begin with a "
           "digit";
  }
  if (names_.size() == kMaxVariables) {
    return "more than " + std::to_string(kMaxVariables) + " variables";
  }
  names_.push_back({std::string(text), source, std::nullopt});
  return {};
}

VariableId VariableNames::new_variable() {
  in_field_.push_back(false);
  return static_cast<VariableId>(set_.count++);
}

std::string VariableNames::add_source(ValueSource source) {
  if (std::string problem = add_name(source.name, set_.sources.size()); !problem.empty())
    return problem;
  if (source.kind != ValueSource::Kind::csv) {
    const VariableId variable = new_variable();
    names_.back().variable = variable;
    source.cells = {{variable, 0}};
  }
  set_.sources.push_back(std::move(source));
  return {};
}

std::string VariableNames::add_capture(std::string_view text) {
  if (const Name* const known = find(text)) {
    return known->source ? "\"variables\" has one of this name already" : "";
  }
  if (std::string problem = add_name(text, std::nullopt); !problem.empty()) return problem;
  names_.back().variable = new_variable();
  return {};
}

VariableNames::Name* VariableNames::find(std::string_view text) {
  const auto found = std::ranges::find(names_, text, &Name::text);
  return found == names_.end() ? nullptr : &*found;
}

base::Error VariableNames::unknown(std::string_view text) const {
  std::vector<std::string> known;
  for (const Name& name : names_)
    known.push_back(name.text);
  return {"there is no variable " + base::quote(text, 64) + hint(text, known)};
}

base::Result<VariableId> VariableNames::resolve(std::string_view text) {
  const std::size_t dot = text.find('.');
  const std::string_view first = text.substr(0, dot);
  const bool has_column = dot != std::string_view::npos;
  const Name* const name = find(first);
  if (!name) return unknown(first);
  if (!name->variable) {
    return cell_of(*name->source, has_column ? text.substr(dot + 1) : std::string_view(),
                   has_column);
  }
  if (has_column) {
    return base::Error{base::quote(first, 64) + " is not from a CSV file, hence has no columns"};
  }
  return *name->variable;
}

base::Result<VariableId> VariableNames::cell_of(std::size_t index, std::string_view column,
                                                bool has_column) {
  ValueSource& source = set_.sources[index];
  const auto& columns = source.table->columns();
  if (!has_column && columns.size() > 1) {
    return base::Error{base::quote(source.name, 64) + " has several columns: say which, such as '" +
                       base::escape(source.name + "." + columns.front(), 128) + "'"};
  }
  const auto found =
      has_column ? std::find(columns.begin(), columns.end(), column) : columns.begin();
  if (found == columns.end()) {
    return base::Error{base::quote(source.name, 64) + " has no column " + base::quote(column, 64) +
                       hint(column, columns)};
  }
  const auto number = static_cast<std::size_t>(found - columns.begin());
  for (const ValueSource::Cell& cell : source.cells)
    if (cell.column == number) return cell.variable;
  source.cells.push_back({new_variable(), number});
  return source.cells.back().variable;
}

std::optional<std::size_t> VariableNames::source_of(VariableId variable) const {
  for (std::size_t i = 0; i < set_.sources.size(); ++i)
    for (const ValueSource::Cell& cell : set_.sources[i].cells)
      if (cell.variable == variable) return i;
  return std::nullopt;
}

std::string VariableNames::check_fields() const {
  for (const ValueSource& source : set_.sources) {
    if (source.kind != ValueSource::Kind::csv) continue;
    for (const ValueSource::Cell& cell : source.cells) {
      if (!is_in_field(cell.variable)) continue;
      for (std::size_t row = 0; row < source.table->rows(); ++row) {
        const std::string& value = source.table->cell(row, cell.column);
        if (is_field_text(value)) continue;
        return "row " + std::to_string(row + 1) + " of " + base::quote(source.name, 64) + " has " +
               base::quote(value, 64) + " for '" +
               base::escape(source.table->columns()[cell.column], 64) +
               "', which no header or trailer field can have";
      }
    }
  }
  return {};
}

VariableSet VariableNames::take() {
  return std::move(set_);
}

}  // namespace h2load
