// SPDX-License-Identifier: MIT
// Cases as JSON, written one by one as they are finished.
#include "hpack_tools/case_output.h"

#include <new>
#include <string>

#include "base/file.h"
#include "base/text.h"
#include "json/octets.h"

namespace hpack_tools {

namespace {

constexpr char kBegin[] = "{\n  \"cases\": [";

std::string_view view(const std::uint8_t* octets, std::size_t count) {
  return {reinterpret_cast<const char*>(octets), count};
}

// get_entry gives entries by their index, that is 62 and higher.
template <class GetEntry>
json::Value entries_json(std::size_t count, GetEntry get_entry) {
  json::Value entries = json::array();
  for (std::size_t index = hpack_explain::kStaticEntries + 1; index <= count; ++index) {
    const nghttp2_nv* entry = get_entry(index);
    if (entry == nullptr) throw std::bad_alloc();
    json::Value one = json::object();
    set(one, "index", index - hpack_explain::kStaticEntries);
    set(one, "name", view(entry->name, entry->namelen));
    set(one, "value", view(entry->value, entry->valuelen));
    set(one, "size", entry->namelen + entry->valuelen + 32);
    append(entries, std::move(one));
  }
  return entries;
}

json::Value table_json(json::Value entries, std::size_t size, std::size_t setting,
                       std::size_t max_size) {
  json::Value table = json::object();
  set(table, "entries", std::move(entries));
  set(table, "size", size);
  set(table, "max_size", setting);
  set(table, "deflate_size", size);
  set(table, "max_deflate_size", max_size);
  return table;
}

}  // namespace

json::Value field_json(std::string_view name, std::string_view value) {
  json::Value field = json::object();
  set(field, json::key_text_of(name).c_str(), value);
  return field;
}

json::Value wire_json(std::span<const std::uint8_t> octets) {
  return json::text(base::to_hex(octets));
}

json::Value table_json(const BlockEncoder& encoder) {
  nghttp2_hd_deflater* handle = encoder.handle();
  return table_json(
      entries_json(nghttp2_hd_deflate_get_num_table_entries(handle),
                   [&](std::size_t i) { return nghttp2_hd_deflate_get_table_entry(handle, i); }),
      nghttp2_hd_deflate_get_dynamic_table_size(handle), encoder.table_size(),
      nghttp2_hd_deflate_get_max_dynamic_table_size(handle));
}

json::Value table_json(const hpack_explain::BlockDecoder& decoder) {
  nghttp2_hd_inflater* handle = decoder.handle();
  return table_json(
      entries_json(nghttp2_hd_inflate_get_num_table_entries(handle),
                   [&](std::size_t i) { return nghttp2_hd_inflate_get_table_entry(handle, i); }),
      nghttp2_hd_inflate_get_dynamic_table_size(handle), decoder.table_size(),
      nghttp2_hd_inflate_get_max_dynamic_table_size(handle));
}

base::Result<void> CaseWriter::add(const json::Value& one) {
  const std::string dump = json::dump(one, JSON_INDENT(2));
  std::string text = has_begun_ ? ",\n    " : std::string(kBegin) + "\n    ";
  for (const char c : dump) {
    text += c;
    if (c == '\n') text += "    ";
  }
  has_begun_ = true;
  return base::write_all(descriptor_, base::as_bytes(text));
}

base::Result<void> CaseWriter::finish() {
  const std::string text = (has_begun_ ? "" : std::string(kBegin)) + "\n  ]\n}\n";
  return base::write_all(descriptor_, base::as_bytes(text));
}

}  // namespace hpack_tools
