// SPDX-License-Identifier: MIT
// JSON values with an owner, and making them.
#include "json/value.h"

#include <cstdlib>
#include <new>

#include "json/octets.h"

namespace json {

Value checked(json_t* made) {
  if (made == nullptr) throw std::bad_alloc();
  return Value(made);
}

Value object() {
  return checked(json_object());
}

Value array() {
  return checked(json_array());
}

Value text(std::string_view octets) {
  const std::string text = text_of(octets);
  return checked(json_stringn(text.data(), text.size()));
}

Value number(std::uint64_t value) {
  return checked(json_integer(static_cast<json_int_t>(value)));
}

Value real(double value) {
  return checked(json_real(value));
}

Value boolean(bool value) {
  return checked(json_boolean(value));
}

void set(const Value& object, const char* key, Value value) {
  if (json_object_set_new(object.get(), key, value.release()) != 0) throw std::bad_alloc();
}

void set(const Value& object, const char* key, std::string_view octets) {
  set(object, key, text(octets));
}

void set(const Value& object, const char* key, std::size_t value) {
  set(object, key, number(value));
}

void append(const Value& array, Value value) {
  if (json_array_append_new(array.get(), value.release()) != 0) throw std::bad_alloc();
}

std::string dump(const Value& value, std::size_t flags) {
  const std::unique_ptr<char, decltype(&std::free)> text(
      json_dumps(value.get(), flags | JSON_PRESERVE_ORDER | JSON_ENSURE_ASCII), &std::free);
  if (!text) throw std::bad_alloc();
  return text.get();
}

}  // namespace json
