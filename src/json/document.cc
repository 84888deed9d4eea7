// SPDX-License-Identifier: MIT
// Reading JSON that somebody has written: what is wrong is told with its line and its place.
#include "json/document.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "base/text.h"
#include "json/locate.h"
#include "json/octets.h"

namespace json {

namespace {

Path with(Path path, Step step) {
  path.push_back(std::move(step));
  return path;
}

std::string number_text(double number) {
  char text[32];
  std::snprintf(text, sizeof(text), "%g", number);
  return text;
}

}  // namespace

base::Result<Document> Document::parse(std::string name, std::string text) {
  json_error_t error;
  Value value(
      json_loadb(text.data(), text.size(), JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error));
  if (!value) {
    return base::Error{name + ":" + std::to_string(error.line) + ":" +
                       std::to_string(error.column) + ": " + base::escape(error.text)};
  }
  return Document(std::move(name), std::move(text), std::move(value));
}

Node Document::root() {
  return Node(*this, value_.get(), {});
}

void Document::report(const Path& path, std::string_view what) {
  if (!problem_.empty()) return;
  const std::string place = path_text(path);
  problem_ = name_ + ":" + std::to_string(line_of(text_, path)) + ": " +
             (place.empty() ? "" : place + ": ") + std::string(what);
}

Node Node::member(const char* key) const {
  Node found = find(key);
  if (exists() && is_object() && !found.exists()) fail("\"" + std::string(key) + "\" is missing");
  return found;
}

Node Node::find(const char* key) const {
  if (exists() && !is_object()) fail("expected an object");
  return Node(*document_, json_object_get(value_, key), with(path_, key));
}

Node Node::element(std::size_t index) const {
  return Node(*document_, json_array_get(value_, index), with(path_, index));
}

std::size_t Node::size() const {
  if (exists() && !is_array()) fail("expected an array");
  return json_array_size(value_);
}

std::vector<std::pair<std::string, Node>> Node::members() const {
  if (exists() && !is_object()) fail("expected an object");
  std::vector<std::pair<std::string, Node>> all;
  const char* key = nullptr;
  json_t* value = nullptr;
  json_object_foreach(value_, key, value) {
    all.emplace_back(octets_of(key), Node(*document_, value, with(path_, key)));
  }
  return all;
}

std::uint64_t Node::unsigned_integer(std::uint64_t max) const {
  if (!exists()) return 0;
  const json_int_t value = json_integer_value(value_);
  if (is_integer() && value >= 0 && static_cast<std::uint64_t>(value) <= max)
    return static_cast<std::uint64_t>(value);
  fail(max == static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())
           ? "expected an integer of at least 0"
           : "expected an integer in the range 0 to " + std::to_string(max));
  return 0;
}

double Node::number(double min, double max) const {
  if (!exists()) return min;
  const double value = json_number_value(value_);
  if (is_number() && value >= min && value <= max) return value;
  std::string expected = "expected a number";
  if (min > -std::numeric_limits<double>::max()) expected += " of at least " + number_text(min);
  if (max < std::numeric_limits<double>::max()) expected += " and at most " + number_text(max);
  fail(expected);
  return min;
}

bool Node::boolean() const {
  if (exists() && !is_boolean()) fail("expected true or false");
  return json_is_true(value_);
}

std::string Node::text() const {
  if (!exists()) return {};
  if (!is_string()) {
    fail("expected a string");
    return {};
  }
  return octets_of({json_string_value(value_), json_string_length(value_)});
}

std::string Node::compact() const {
  if (!exists()) return {};
  return dump(Value(json_incref(value_)), JSON_COMPACT | JSON_ENCODE_ANY);
}

void Node::fail(std::string_view what) const {
  document_->report(path_, what);
}

void Node::expect_only(const std::vector<std::string_view>& keys) const {
  for (const auto& [key, node] : members()) {
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
    std::string what = "is not known here";
    for (const std::string_view known : keys)
      if (base::edit_distance(key, known) <= 2)
        what += "; did you mean " + base::quote(known) + "?";
    node.fail(what);
    return;
  }
}

}  // namespace json
