// SPDX-License-Identifier: MIT
// Reading JSON that somebody has written: what is wrong is told with its line and its place.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "json/value.h"

namespace json {

// A step from a value into it: the key of a member or the index of an element.
using Step = std::variant<std::string, std::size_t>;
using Path = std::vector<Step>;

class Node;

// The text of a file and its value. Whoever reads goes on after a mistake with values that stand
// in, and asks for problem() at the end.
class Document {
 public:
  // `name` is that of the file, for messages.
  static base::Result<Document> parse(std::string name, std::string text);

  // Valid as long as the document stays where it is.
  Node root();
  // The first mistake, as "FILE:LINE: PLACE: what is wrong"; "" if there was none.
  const std::string& problem() const { return problem_; }
  void report(const Path& path, std::string_view what);

 private:
  Document(std::string name, std::string text, Value value)
      : name_(std::move(name)), text_(std::move(text)), value_(std::move(value)) {}

  std::string name_;
  std::string text_;
  Value value_;
  std::string problem_;
};

// A value in a document. One that is missing behaves as if it were of any type and empty.
class Node {
 public:
  Node(Document& document, json_t* value, Path path)
      : document_(&document), value_(value), path_(std::move(path)) {}

  bool exists() const { return value_ != nullptr; }
  bool is_object() const { return json_is_object(value_); }
  bool is_array() const { return json_is_array(value_); }
  bool is_string() const { return json_is_string(value_); }
  bool is_boolean() const { return json_is_boolean(value_); }
  bool is_integer() const { return json_is_integer(value_); }
  bool is_number() const { return json_is_number(value_); }

  // A member that must be there, and one that need not.
  Node member(const char* key) const;
  Node find(const char* key) const;
  Node element(std::size_t index) const;
  // Of an array.
  std::size_t size() const;
  // All members of an object, in their order.
  std::vector<std::pair<std::string, Node>> members() const;

  std::uint64_t unsigned_integer(
      std::uint64_t max = std::numeric_limits<std::int64_t>::max()) const;
  double number(double min = -std::numeric_limits<double>::max(),
                double max = std::numeric_limits<double>::max()) const;
  bool boolean() const;
  // Octets, as json::text() has written them.
  std::string text() const;
  // The value itself, as JSON without blanks.
  std::string compact() const;

  // Remembers a mistake here.
  void fail(std::string_view what) const;
  // A mistake if there are other members than these; it names one that resembles.
  void expect_only(const std::vector<std::string_view>& keys) const;

 private:
  Document* document_;
  json_t* value_;
  Path path_;
};

}  // namespace json
