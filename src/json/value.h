// SPDX-License-Identifier: MIT
// JSON values with an owner, and making them.
#pragma once

#include <jansson.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace json {

struct Release {
  void operator()(json_t* value) const { json_decref(value); }
};
using Value = std::unique_ptr<json_t, Release>;

// These throw std::bad_alloc when there is no memory.
Value checked(json_t* made);
Value object();
Value array();
// See text_of().
Value text(std::string_view octets);
Value number(std::uint64_t value);
Value real(double value);
Value boolean(bool value);

void set(const Value& object, const char* key, Value value);
void set(const Value& object, const char* key, std::string_view octets);
void set(const Value& object, const char* key, std::size_t number);
void append(const Value& array, Value value);

// Keeps the order of keys; only ASCII. flags are jansson's.
std::string dump(const Value& value, std::size_t flags);

}  // namespace json
