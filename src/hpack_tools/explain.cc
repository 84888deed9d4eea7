// SPDX-License-Identifier: MIT
// How the fields of a header block were represented, as JSON and as a table for people.
#include "hpack_tools/explain.h"

#include <cstdio>

#include "base/text.h"
#include "hpack_tools/case_output.h"

namespace hpack_tools {

namespace {

using Kind = Representation::Kind;

const char* name_of(Kind kind) {
  switch (kind) {
    case Kind::indexed: return "indexed";
    case Kind::added: return "literal with indexing";
    case Kind::not_added: return "literal without indexing";
    case Kind::never_added: return "literal never indexed";
    case Kind::max_size_update: break;
  }
  return "size update";
}

const char* coding_of(const CodedString& string) {
  return string.is_huffman ? "huffman" : "plain";
}

Json word(const char* text) {
  return checked(json_string(text));
}

Json evicted_json(std::span<const TableEntry> evicted) {
  Json array = checked(json_array());
  for (const TableEntry& entry : evicted) {
    Json one = checked(json_object());
    set(one, "name", std::string_view(entry.name));
    set(one, "value", std::string_view(entry.value));
    set(one, "size", entry.size());
    append(array, std::move(one));
  }
  return array;
}

// How a string is on the wire.
Json string_json(const CodedString& string, std::size_t decoded_octets) {
  Json one = checked(json_object());
  set(one, "coding", word(coding_of(string)));
  set(one, "wire_length", string.length);
  set(one, "length", decoded_octets);
  return one;
}

void set_field(const Json& object, const Step& step) {
  const Representation& one = step.representation;
  if (one.index != 0) {
    set(object, "index", std::size_t{one.index});
    set(object, "index_table", word(one.index <= kStaticEntries ? "static" : "dynamic"));
  }
  set(object, "name", std::string_view(step.field.name));
  set(object, "value", std::string_view(step.field.value));
  if (one.has_literal_name()) {
    set(object, "name_string", string_json(one.name, step.field.name.size()));
  }
  if (one.is_literal()) {
    set(object, "value_string", string_json(one.value, step.field.value.size()));
    set(object, "inserted", checked(json_boolean(step.is_inserted)));
  }
}

Json step_json(const Step& step, std::span<const std::uint8_t> block) {
  const Representation& one = step.representation;
  const std::size_t length = one.end - one.begin;
  Json object = checked(json_object());
  set(object, "representation", word(name_of(one.kind)));
  set(object, "offset", one.begin);
  set(object, "wire_length", length);
  set(object, "wire", wire_json(block.subspan(one.begin, length)));
  if (one.is_field()) {
    set_field(object, step);
  } else {
    set(object, "new_max_size", std::size_t{one.max_size});
  }
  set(object, "evicted", evicted_json(step.evicted));
  Json table = checked(json_object());
  set(table, "entries", step.table.entries);
  set(table, "size", step.table.size);
  set(table, "max_size", step.table.max_size);
  set(object, "table", std::move(table));
  return object;
}

std::string count_of(std::size_t number, const char* what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

std::string evicted_lines(std::span<const TableEntry> evicted) {
  std::string text;
  for (const TableEntry& entry : evicted) {
    text += "        evicted  " + base::escape(entry.name, 128) + ": " +
            base::escape(entry.value, 128) + "\n";
  }
  return text;
}

std::string step_line(const Step& step) {
  const Representation& one = step.representation;
  const std::string index = one.is_field() && one.index != 0 ? std::to_string(one.index) : "-";
  const char* name = one.has_literal_name() ? coding_of(one.name)
                     : one.is_field()       ? "indexed"
                                            : "-";
  const char* value = one.is_literal() ? coding_of(one.value) : one.is_field() ? "indexed" : "-";
  char columns[160];
  std::snprintf(columns, sizeof(columns), "%5zu %6zu  %-25s %5s  %-8s %-8s %7zu %6zu/%-6zu  ",
                one.begin, one.end - one.begin, name_of(one.kind), index.c_str(), name, value,
                step.table.entries, step.table.size, step.table.max_size);
  std::string text = columns;
  if (one.is_field()) {
    text += base::escape(step.field.name, 128) + ": " + base::escape(step.field.value, 256);
  } else {
    text += "at most " + count_of(one.max_size, "octet");
  }
  return text + "\n" + evicted_lines(step.evicted);
}

}  // namespace

Json explanation_json(const Explained& one) {
  Json object = checked(json_object());
  if (!one.evicted_before.empty()) {
    set(object, "evicted_before", evicted_json(one.evicted_before));
  }
  Json steps = checked(json_array());
  for (const Step& step : one.decoded.steps)
    append(steps, step_json(step, one.block));
  set(object, "representations", std::move(steps));
  return object;
}

std::string explanation_table(const Explained& one) {
  std::size_t fields = 0;
  std::size_t octets = 0;
  for (const Step& step : one.decoded.steps) {
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
  for (const Step& step : one.decoded.steps)
    text += step_line(step);
  return text;
}

}  // namespace hpack_tools
