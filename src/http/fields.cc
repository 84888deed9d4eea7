// SPDX-License-Identifier: MIT
// Field sections: look-up and the "name: value" form that command lines use.
#include "http/fields.h"

#include <algorithm>
#include <cstring>

#include "base/recycled.h"
#include "base/text.h"

namespace http {

namespace {

// Enough for most messages. Blocks of this size are used again and again.
constexpr std::size_t kFirstBlock = 2048;
constexpr std::size_t kFirstCount = 20;
constexpr std::size_t kFirstText = kFirstBlock - kFirstCount * sizeof(Field);
using FirstBlocks = base::BlockCache<kFirstBlock>;

bool is_token_octet(char c) {
  if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
  return c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_value_octet(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return octet == '\t' || (octet >= 0x20 && octet != 0x7f);
}

}  // namespace

Fields::Fields(std::initializer_list<Field> list) {
  for (const Field& field : list)
    add(field.name, field.value, field.sensitive);
}

Fields::Fields(const Fields& other) {
  reserve(other.count_, other.text_size());
  for (const Field& field : other)
    add(field.name, field.value, field.sensitive);
}

Fields& Fields::operator=(const Fields& other) {
  Fields(other).swap(*this);
  return *this;
}

void Fields::reserve(std::size_t count, std::size_t text_bytes) {
  if (count <= max_count_ && text_bytes <= max_text()) return;
  Fields larger;
  larger.allocate(std::max(count, max_count_), std::max(text_bytes, max_text()));
  for (const Field& field : *this)
    larger.add(field.name, field.value, field.sensitive);
  swap(larger);
}

void Fields::allocate(std::size_t count, std::size_t text_bytes) {
  const std::size_t size = count * sizeof(Field) + text_bytes;
  void* const block = size == kFirstBlock ? FirstBlocks::take() : ::operator new(size);
  block_ = static_cast<std::byte*>(block);
  max_count_ = count;
  text_end_ = text();
  text_limit_ = text_end_ + text_bytes;
}

void Fields::free_block() {
  block_size() == kFirstBlock ? FirstBlocks::give(block_) : ::operator delete(block_);
}

// The old block lives on until the new field is in the new one: its text may be from the old one.
void Fields::grow_and_add(std::string_view name, std::string_view value, bool sensitive) {
  const std::size_t text_bytes = text_size() + name.size() + value.size();
  if (block_ == nullptr && text_bytes <= kFirstText) {
    allocate(kFirstCount, kFirstText);
    append(name, value, sensitive);
    return;
  }
  Fields larger;
  larger.allocate(
      count_ < max_count_ ? max_count_ : std::max(kFirstCount, 2 * max_count_),
      text_bytes <= max_text() ? max_text() : std::max({kFirstText, 2 * max_text(), text_bytes}));
  for (const Field& field : *this)
    larger.add(field.name, field.value, field.sensitive);
  larger.add(name, value, sensitive);
  swap(larger);
}

void Fields::set(std::string_view name, std::string_view value) {
  Fields changed;
  bool is_set = false;
  for (const Field& field : *this) {
    if (field.name != name) {
      changed.add(field.name, field.value, field.sensitive);
    } else if (!std::exchange(is_set, true)) {
      changed.add(name, value, field.sensitive);
    }
  }
  if (!is_set) changed.add(name, value);
  swap(changed);
}

void Fields::set_value(std::size_t index, std::string_view value) {
  Field& field = fields()[index];
  if (value.size() <= field.value.size()) {
    char* const place = text() + (field.value.data() - text());
    std::memmove(place, value.data(), value.size());
    field.value = std::string_view(place, value.size());
    return;
  }
  Fields changed;
  for (const Field& each : *this)
    changed.add(each.name, &each == &field ? value : each.value, each.sensitive);
  swap(changed);
}

std::size_t Fields::remove(std::string_view name) {
  Field* const last = std::remove_if(fields(), fields() + count_,
                                     [name](const Field& field) { return field.name == name; });
  const std::size_t left = static_cast<std::size_t>(last - fields());
  return std::exchange(count_, left) - left;
}

bool Fields::operator==(const Fields& other) const {
  return std::equal(begin(), end(), other.begin(), other.end());
}

const Field* Fields::find(std::string_view name) const {
  for (const Field& field : *this) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

std::string_view Fields::value(std::string_view name) const {
  const Field* field = find(name);
  return field == nullptr ? std::string_view() : field->value;
}

bool parse_field_line(std::string_view line, FieldLine& out) {
  const std::size_t colon = line.find(':', 1);
  if (colon == std::string_view::npos) return false;
  const std::string_view name = line.substr(0, colon);
  std::string_view value = line.substr(colon + 1);
  const std::string_view token = name.front() == ':' ? name.substr(1) : name;
  if (token.empty() || !std::all_of(token.begin(), token.end(), is_token_octet)) return false;

  value = base::trim(value);
  if (!std::all_of(value.begin(), value.end(), is_value_octet)) return false;

  out.name = base::to_lower(name);
  out.value = value;
  return true;
}

}  // namespace http
