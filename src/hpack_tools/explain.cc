// SPDX-License-Identifier: MIT
// How the fields of a header block were represented, as JSON and as a table for people.
#include "hpack_tools/explain.h"

#include <cstdio>

#include "base/text.h"
#include "hpack_explain/step_json.h"

namespace hpack_tools {

namespace {

std::string count_of(std::size_t number, const char* what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

std::string evicted_lines(std::span<const hpack_explain::TableEntry> evicted) {
  std::string text;
  for (const hpack_explain::TableEntry& entry : evicted) {
    text += "        evicted  " + base::escape(entry.name, 128) + ": " +
            base::escape(entry.value, 128) + "\n";
  }
  return text;
}

std::string step_line(const hpack_explain::Step& step) {
  const hpack_explain::Representation& one = step.representation;
  const std::string index = one.is_field() && one.index != 0 ? std::to_string(one.index) : "-";
  const char* name = one.has_literal_name() ? hpack_explain::coding_of(one.name)
                     : one.is_field()       ? "indexed"
                                            : "-";
  const char* value = one.is_literal() ? hpack_explain::coding_of(one.value)
                      : one.is_field() ? "indexed"
                                       : "-";
  char columns[160];
  std::snprintf(columns, sizeof(columns), "%5zu %6zu  %-25s %5s  %-8s %-8s %7zu %6zu/%-6zu  ",
                one.begin, one.end - one.begin, hpack_explain::name_of(one.kind), index.c_str(),
                name, value, step.table.entries, step.table.size, step.table.max_size);
  std::string text = columns;
  if (one.is_field()) {
    text += base::escape(step.field.name, 128) + ": " + base::escape(step.field.value, 256);
  } else {
    text += "at most " + count_of(one.max_size, "octet");
  }
  return text + "\n" + evicted_lines(step.evicted);
}

}  // namespace

json::Value explanation_json(const Explained& one) {
  json::Value object = json::object();
  if (!one.evicted_before.empty()) {
    set(object, "evicted_before", hpack_explain::evicted_json(one.evicted_before));
  }
  json::Value steps = json::array();
  for (const hpack_explain::Step& step : one.decoded.steps)
    append(steps, hpack_explain::step_json(step, one.block));
  set(object, "representations", std::move(steps));
  return object;
}

std::string explanation_table(const Explained& one) {
  std::size_t fields = 0;
  std::size_t octets = 0;
  for (const hpack_explain::Step& step : one.decoded.steps) {
    fields += step.representation.is_field() ? 1 : 0;
    octets += step.field.name.size() + step.field.value.size();
  }
  std::string text = "case " + std::to_string(one.number) + ": " +
                     count_of(one.block.size(), "octet") + " on the wire, " +
                     count_of(fields, "field") + " of " + count_of(octets, "octet") + "\n" +
                     evicted_lines(one.evicted_before);
  if (one.decoded.steps.empty()) return text;
  text +=
      "   at octets  representation            index  name     value    entries   size/max     "
      "field\n";
  for (const hpack_explain::Step& step : one.decoded.steps)
    text += step_line(step);
  return text;
}

}  // namespace hpack_tools
