// SPDX-License-Identifier: MIT
// Cases as JSON, written one by one as they are finished.
#include "hpack_tools/case_output.h"

#include <cstdlib>
#include <memory>
#include <new>
#include <string>

#include "base/file.h"
#include "base/text.h"
#include "hpack_tools/octets.h"

namespace hpack_tools {

namespace {

constexpr char kBegin[] = "{\n  \"cases\": [";

std::string_view view(const std::uint8_t* octets, std::size_t count) {
  return {reinterpret_cast<const char*>(octets), count};
}

// get_entry gives entries by their index, that is 62 and higher.
template <class GetEntry>
Json entries_json(std::size_t count, GetEntry get_entry) {
  Json entries = checked(json_array());
  for (std::size_t index = kStaticEntries + 1; index <= count; ++index) {
    const nghttp2_nv* entry = get_entry(index);
    if (entry == nullptr) throw std::bad_alloc();
    Json one = checked(json_object());
    set(one, "index", index - kStaticEntries);
    set(one, "name", view(entry->name, entry->namelen));
    set(one, "value", view(entry->value, entry->valuelen));
    set(one, "size", entry->namelen + entry->valuelen + 32);
    append(entries, std::move(one));
  }
  return entries;
}

Json table_json(Json entries, std::size_t size, std::size_t setting, std::size_t max_size) {
  Json table = checked(json_object());
  set(table, "entries", std::move(entries));
  set(table, "size", size);
  set(table, "max_size", setting);
  set(table, "deflate_size", size);
  set(table, "max_deflate_size", max_size);
  return table;
}

}  // namespace

Json checked(json_t* made) {
  if (made == nullptr) throw std::bad_alloc();
  return Json(made);
}

void set(const Json& object, const char* key, Json value) {
  if (json_object_set_new(object.get(), key, value.release()) != 0) throw std::bad_alloc();
}

void set(const Json& object, const char* key, std::string_view octets) {
  const std::string text = text_of(octets);
  set(object, key, checked(json_stringn(text.data(), text.size())));
}

void set(const Json& object, const char* key, std::size_t number) {
  set(object, key, checked(json_integer(static_cast<json_int_t>(number))));
}

void append(const Json& array, Json value) {
  if (json_array_append_new(array.get(), value.release()) != 0) throw std::bad_alloc();
}

Json field_json(std::string_view name, std::string_view value) {
  Json field = checked(json_object());
  set(field, key_text_of(name).c_str(), value);
  return field;
}

Json wire_json(std::span<const std::uint8_t> octets) {
  return checked(json_string(base::to_hex(octets).c_str()));
}

Json table_json(const BlockEncoder& encoder) {
  nghttp2_hd_deflater* handle = encoder.handle();
  return table_json(
      entries_json(nghttp2_hd_deflate_get_num_table_entries(handle),
                   [&](std::size_t i) { return nghttp2_hd_deflate_get_table_entry(handle, i); }),
      nghttp2_hd_deflate_get_dynamic_table_size(handle), encoder.table_size(),
      nghttp2_hd_deflate_get_max_dynamic_table_size(handle));
}

Json table_json(const BlockDecoder& decoder) {
  nghttp2_hd_inflater* handle = decoder.handle();
  return table_json(
      entries_json(nghttp2_hd_inflate_get_num_table_entries(handle),
                   [&](std::size_t i) { return nghttp2_hd_inflate_get_table_entry(handle, i); }),
      nghttp2_hd_inflate_get_dynamic_table_size(handle), decoder.table_size(),
      nghttp2_hd_inflate_get_max_dynamic_table_size(handle));
}

base::Result<void> CaseWriter::add(const Json& one) {
  const std::unique_ptr<char, decltype(&std::free)> dump(
      json_dumps(one.get(), JSON_INDENT(2) | JSON_PRESERVE_ORDER | JSON_ENSURE_ASCII), &std::free);
  if (!dump) throw std::bad_alloc();
  std::string text = has_begun_ ? ",\n    " : std::string(kBegin) + "\n    ";
  for (const char* at = dump.get(); *at != 0; ++at) {
    text += *at;
    if (*at == '\n') text += "    ";
  }
  has_begun_ = true;
  return base::write_all(descriptor_, base::as_bytes(text));
}

base::Result<void> CaseWriter::finish() {
  const std::string text = (has_begun_ ? "" : std::string(kBegin)) + "\n  ]\n}\n";
  return base::write_all(descriptor_, base::as_bytes(text));
}

}  // namespace hpack_tools
