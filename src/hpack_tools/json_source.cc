// SPDX-License-Identifier: MIT
// The cases of a JSON document, one at a time, so that a document may be larger than memory.
// The root object and its array of cases are read here, every value in them by the JSON library.
#include "hpack_tools/json_source.h"

#include <string_view>

#include "base/number.h"
#include "base/text.h"

namespace hpack_tools {

namespace {

bool is_blank(int octet) {
  return octet == ' ' || octet == '\t' || octet == '\n' || octet == '\r';
}

// Follows the text of one value to its end. Whether it is well-formed is not looked at.
class ValueScanner {
 public:
  // Whether the octet is none of the value any more; only a number or a word ends in that way.
  bool ends_before(int octet) const {
    return depth_ == 0 && !in_string_ &&
           (is_blank(octet) ||
            std::string_view(",:]}").find(static_cast<char>(octet)) != std::string_view::npos);
  }
  // Takes an octet of the value; true if it is the last one.
  bool ends_with(int octet) {
    if (in_string_) {
      in_string_ = is_escaped_ || octet != '"';
      is_escaped_ = !is_escaped_ && octet == '\\';
      return !in_string_ && depth_ == 0;
    }
    if (octet == '"') in_string_ = true;
    if (octet == '[' || octet == '{') ++depth_;
    return (octet == ']' || octet == '}') && --depth_ == 0;
  }

 private:
  std::size_t depth_ = 0;
  bool in_string_ = false;
  bool is_escaped_ = false;
};

}  // namespace

base::Result<std::optional<JsonCase>> JsonSource::next() {
  if (stage_ != Stage::cases) {
    const auto found = enter_cases();
    if (!found) return base::Error{found.error()};
    if (!*found) return std::optional<JsonCase>();
  }
  if (count_ > 0 && peek_behind_blanks() == ',') {
    bytes_.skip();
  } else if (peek_behind_blanks() == ']') {
    bytes_.skip();
    stage_ = Stage::members;
    if (const auto left = leave_member(); !left) return base::Error{left.error()};
    return next();
  } else if (count_ > 0) {
    return expected("',' or ']'");
  }
  auto one = read_case();
  if (!one) return base::Error{one.error()};
  return std::optional<JsonCase>(std::move(*one));
}

// Goes on to the first case; false if the document is at its end.
base::Result<bool> JsonSource::enter_cases() {
  if (stage_ == Stage::start) {
    if (const auto opened = expect('{'); !opened) return opened;
    stage_ = Stage::members;
    if (peek_behind_blanks() == '}') {
      if (const auto left = leave_member(); !left) return left;
    }
  }
  while (stage_ == Stage::members) {
    if (const auto entered = enter_member(); !entered) return entered;
  }
  return stage_ == Stage::cases;
}

// Reads a key and, unless it leads to the cases, the value.
base::Result<bool> JsonSource::enter_member() {
  if (peek_behind_blanks() != '"') return expected("a key in double quotes");
  const Place place = bytes_.place();
  const auto key = read_value();
  if (!key) return base::Error{key.error()};
  if (const auto colon = expect(':'); !colon) return colon;
  if (std::string_view(json_string_value(key->get()), json_string_length(key->get())) == "cases") {
    if (has_cases_) return error_at(place, "the key \"cases\" occurs twice");
    has_cases_ = true;
    if (peek_behind_blanks() != '[') return expected("'[', as \"cases\" is an array,");
    bytes_.skip();
    stage_ = Stage::cases;
    return true;
  }
  peek_behind_blanks();
  if (const auto value = read_value(); !value) return base::Error{value.error()};
  return leave_member();
}

// Behind a member of the root object.
base::Result<bool> JsonSource::leave_member() {
  const int octet = peek_behind_blanks();
  if (octet == '}') return leave_document();
  if (octet != ',') return expected("',' or '}'");
  bytes_.skip();
  return true;
}

base::Result<bool> JsonSource::leave_document() {
  if (!has_cases_) return error_at(bytes_.place(), "the root object has no \"cases\"");
  bytes_.skip();
  stage_ = Stage::end;
  if (peek_behind_blanks() != ByteSource::kEnd) return expected("the end of the input");
  if (!bytes_.failure().empty()) return base::Error{bytes_.failure()};
  return true;
}

base::Result<JsonCase> JsonSource::read_case() {
  peek_behind_blanks();
  const Place place = bytes_.place();
  auto value = read_value();
  if (!value) return base::Error{value.error()};
  if (!json_is_object(value->get())) return error_at(place, "a case is an object");
  return JsonCase{std::move(*value), count_++, place};
}

base::Result<json::Value> JsonSource::read_value() {
  const Place begin = bytes_.place();
  const auto text = take_text();
  if (!text) return base::Error{text.error()};
  json_error_t error;
  json::Value value(json_loadb(text->data(), text->size(),
                               JSON_DECODE_ANY | JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error));
  if (value) return value;
  Place place = begin;
  if (error.line > 1) {
    place.line += static_cast<std::size_t>(error.line - 1);
    place.column = 1;
  }
  if (error.column > 1) place.column += static_cast<std::size_t>(error.column - 1);
  return error_at(place, error.text);
}

// The text of the value that begins here.
base::Result<std::string> JsonSource::take_text() {
  const Place begin = bytes_.place();
  std::string text;
  ValueScanner scanner;
  for (int octet; (octet = bytes_.peek()) != ByteSource::kEnd && !scanner.ends_before(octet);) {
    if (text.size() == max_value_octets_) {
      return error_at(
          begin, "this value has more than " + base::format_size(max_value_octets_) + " octets");
    }
    text += static_cast<char>(octet);
    bytes_.skip();
    if (scanner.ends_with(octet)) return text;
  }
  if (!bytes_.failure().empty()) return base::Error{bytes_.failure()};
  if (text.empty()) return expected("a value");
  return text;
}

int JsonSource::peek_behind_blanks() {
  while (is_blank(bytes_.peek()))
    bytes_.skip();
  return bytes_.peek();
}

base::Result<bool> JsonSource::expect(char wanted) {
  const char text[] = {'\'', wanted, '\'', 0};
  if (peek_behind_blanks() != wanted) return expected(text);
  bytes_.skip();
  return true;
}

base::Error JsonSource::expected(const char* what) {
  if (!bytes_.failure().empty()) return {bytes_.failure()};
  const int octet = bytes_.peek();
  const char character = static_cast<char>(octet);
  const std::string found = octet == ByteSource::kEnd
                                ? "the end of the input"
                                : base::quote(std::string_view(&character, 1));
  return error_at(bytes_.place(), std::string(what) + " is expected, not " + found);
}

base::Error JsonSource::error_at(Place place, const std::string& reason) const {
  const std::string text = describe(place) + ": " + reason;
  return {stage_ == Stage::cases ? "case " + std::to_string(count_) + ": " + text : text};
}

}  // namespace hpack_tools
