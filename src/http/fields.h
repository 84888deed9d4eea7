// SPDX-License-Identifier: MIT
// Field sections: ordered lists of name and value, as RFC 9110 §5 and §6.3 describe them.
#pragma once

#include <cstddef>
#include <cstring>
#include <initializer_list>
#include <new>
#include <string>
#include <string_view>
#include <utility>

namespace http {

// One field line of a Fields, which its views point into. Names are lower case: HTTP/2 requires it
// and HTTP/1.1 does not care.
struct Field {
  std::string_view name;
  std::string_view value;
  // Must not enter a compression table (RFC 7541 §7.1.3).
  bool sensitive = false;

  bool operator==(const Field&) const = default;
};

// The fields of one field section in the order they were sent; names may repeat. They live in one
// block of memory, for every message has such a list, and most have twenty fields at most.
class Fields {
 public:
  Fields() = default;
  ~Fields() {
    if (block_ != nullptr) free_block();
  }
  Fields(std::initializer_list<Field> list);
  Fields(const Fields& other);
  Fields& operator=(const Fields& other);
  Fields(Fields&& other) noexcept { swap(other); }
  Fields& operator=(Fields&& other) noexcept {
    Fields(std::move(other)).swap(*this);
    return *this;
  }

  // Copies the text. Views of fields are good until the next change.
  void add(std::string_view name, std::string_view value, bool sensitive = false) {
    if (count_ < max_count_ && name.size() + value.size() <= text_room()) {
      append(name, value, sensitive);
    } else {
      grow_and_add(name, value, sensitive);
    }
  }

  // Replaces the first field of that name and drops the others; appends it when there was none.
  void set(std::string_view name, std::string_view value);

  // Gives the field at an index another value; one that is no longer takes the place of the old.
  void set_value(std::size_t index, std::string_view value);

  // Drops every field of that name and says how many there were.
  std::size_t remove(std::string_view name);

  // Drops all fields; the memory stays.
  void clear() {
    count_ = 0;
    text_end_ = text();
  }

  // The first field of that name, or nullptr.
  const Field* find(std::string_view name) const;

  // The value of the first field of that name, or an empty view.
  std::string_view value(std::string_view name) const;

  bool has(std::string_view name) const { return find(name) != nullptr; }
  bool empty() const { return count_ == 0; }
  std::size_t size() const { return count_; }
  // Prepares for that many fields with that much text in all.
  void reserve(std::size_t count, std::size_t text_bytes);
  const Field* begin() const { return fields(); }
  const Field* end() const { return fields() + count_; }

  bool operator==(const Fields& other) const;

 private:
  void swap(Fields& other) noexcept {
    std::swap(block_, other.block_);
    std::swap(count_, other.count_);
    std::swap(max_count_, other.max_count_);
    std::swap(text_end_, other.text_end_);
    std::swap(text_limit_, other.text_limit_);
  }
  // For an object without a block.
  void allocate(std::size_t count, std::size_t text_bytes);
  void free_block();
  std::size_t block_size() const { return max_count_ * sizeof(Field) + max_text(); }
  std::size_t text_size() const { return static_cast<std::size_t>(text_end_ - text()); }
  std::size_t max_text() const { return static_cast<std::size_t>(text_limit_ - text()); }
  std::size_t text_room() const { return static_cast<std::size_t>(text_limit_ - text_end_); }
  // For which there is room.
  void append(std::string_view name, std::string_view value, bool sensitive) {
    char* const name_place = text_end_;
    char* const value_place = name_place + name.size();
    text_end_ = value_place + value.size();
    new (fields() + count_++)
        Field{{name_place, name.size()}, {value_place, value.size()}, sensitive};
    if (!name.empty()) std::memcpy(name_place, name.data(), name.size());
    if (!value.empty()) std::memcpy(value_place, value.data(), value.size());
  }
  void grow_and_add(std::string_view name, std::string_view value, bool sensitive);
  Field* fields() const { return reinterpret_cast<Field*>(block_); }
  char* text() const { return reinterpret_cast<char*>(fields() + max_count_); }

  // Room for max_count_ fields, then for their text up to text_limit_.
  std::byte* block_ = nullptr;
  std::size_t count_ = 0;
  std::size_t max_count_ = 0;
  char* text_end_ = nullptr;
  char* text_limit_ = nullptr;
};

// A field line that owns its text, as command lines give them.
struct FieldLine {
  std::string name;
  std::string value;
};

// Splits "Name: value" as command lines give it: the name becomes lower case, white space around
// the value goes. A leading colon belongs to the name, so that pseudo-fields can be given. Returns
// false when there is no colon, no name, or an octet that no field may hold.
bool parse_field_line(std::string_view line, FieldLine& out);

}  // namespace http
