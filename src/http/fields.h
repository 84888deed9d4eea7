// SPDX-License-Identifier: MIT
// Field sections: ordered lists of name and value, as RFC 9110 §5 and §6.3 describe them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace http {

// One field line. Names are lower case: HTTP/2 requires it and HTTP/1.1 does not care.
struct Field {
  std::string name;
  std::string value;
  // Must not enter a compression table (RFC 7541 §7.1.3).
  bool sensitive = false;

  bool operator==(const Field&) const = default;
};

// The fields of one field section in the order they were sent; names may repeat.
class Fields {
 public:
  Fields() = default;
  Fields(std::initializer_list<Field> list) : list_(list) {}

  void add(std::string name, std::string value, bool sensitive = false) {
    list_.push_back(Field{std::move(name), std::move(value), sensitive});
  }

  // Replaces the first field of that name and drops the others; appends it when there was none.
  void set(std::string_view name, std::string value);

  // Gives the field at an index another value.
  void set_value(std::size_t index, const std::string& value) { list_.at(index).value = value; }

  // Drops every field of that name and says how many there were.
  std::size_t remove(std::string_view name);

  // The first field of that name, or nullptr.
  const Field* find(std::string_view name) const;

  // The value of the first field of that name, or an empty view.
  std::string_view value(std::string_view name) const;

  bool has(std::string_view name) const { return find(name) != nullptr; }
  bool empty() const { return list_.empty(); }
  std::size_t size() const { return list_.size(); }
  void reserve(std::size_t count) { list_.reserve(count); }
  auto begin() const { return list_.begin(); }
  auto end() const { return list_.end(); }

  bool operator==(const Fields&) const = default;

 private:
  std::vector<Field> list_;
};

// Splits "Name: value" as command lines give it: the name becomes lower case, white space around
// the value goes. A leading colon belongs to the name, so that pseudo-fields can be given. Returns
// false when there is no colon, no name, or an octet that no field may hold.
bool parse_field_line(std::string_view line, Field& out);

}  // namespace http
