// SPDX-License-Identifier: MIT
// How the fields of a header block were represented, as JSON.
#include "hpack_explain/step_json.h"

#include "base/text.h"

namespace hpack_explain {

namespace {

using Kind = Representation::Kind;

// How a string is on the wire.
json::Value string_json(const CodedString& string, std::size_t decoded_octets) {
  json::Value one = json::object();
  set(one, "coding", json::text(coding_of(string)));
  set(one, "wire_length", string.length);
  set(one, "length", decoded_octets);
  return one;
}

void set_field(const json::Value& object, const Step& step) {
  const Representation& one = step.representation;
  if (one.index != 0) {
    set(object, "index", std::size_t{one.index});
    set(object, "index_table", json::text(one.index <= kStaticEntries ? "static" : "dynamic"));
  }
  set(object, "name", std::string_view(step.field.name));
  set(object, "value", std::string_view(step.field.value));
  if (one.has_literal_name()) {
    set(object, "name_string", string_json(one.name, step.field.name.size()));
  }
  if (one.is_literal()) {
    set(object, "value_string", string_json(one.value, step.field.value.size()));
    set(object, "inserted", json::boolean(step.is_inserted));
  }
}

}  // namespace

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

json::Value evicted_json(std::span<const TableEntry> evicted) {
  json::Value array = json::array();
  for (const TableEntry& entry : evicted) {
    json::Value one = json::object();
    set(one, "name", std::string_view(entry.name));
    set(one, "value", std::string_view(entry.value));
    set(one, "size", entry.size());
    append(array, std::move(one));
  }
  return array;
}

json::Value step_json(const Step& step, std::span<const std::uint8_t> block) {
  const Representation& one = step.representation;
  const std::size_t length = one.end - one.begin;
  json::Value object = json::object();
  set(object, "representation", json::text(name_of(one.kind)));
  set(object, "offset", one.begin);
  set(object, "wire_length", length);
  set(object, "wire", base::to_hex(block.subspan(one.begin, length)));
  if (one.is_field()) {
    set_field(object, step);
  } else {
    set(object, "new_max_size", std::size_t{one.max_size});
  }
  set(object, "evicted", evicted_json(step.evicted));
  json::Value table = json::object();
  set(table, "entries", step.table.entries);
  set(table, "size", step.table.size);
  set(table, "max_size", step.table.max_size);
  set(object, "table", std::move(table));
  return object;
}

}  // namespace hpack_explain
