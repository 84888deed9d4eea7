// SPDX-License-Identifier: MIT
// Where in a text a value of it is. Jansson forgets that.
#include "json/locate.h"

#include <algorithm>
#include <memory>

#include "base/text.h"

namespace json {

namespace {

// Goes over valid JSON.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::size_t position() const { return at_; }

  // To the next octet that is no blank; what is there.
  char peek() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != text_.npos)
      ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }

  void skip_one() {
    peek();
    ++at_;
  }

  std::string_view string_token() {
    peek();
    const std::size_t begin = at_++;
    while (at_ < text_.size() && text_[at_] != '"')
      at_ += text_[at_] == '\\' ? 2 : 1;
    at_ = std::min(at_ + 1, text_.size());
    return text_.substr(begin, at_ - begin);
  }

  // Without recursion, as values may be nested deeply.
  void skip_value() {
    std::size_t depth = 0;
    do {
      const char c = peek();
      if (c == '"') {
        string_token();
      } else if (c == '{' || c == '[') {
        ++depth;
        ++at_;
      } else if (c == '}' || c == ']') {
        --depth;
        ++at_;
      } else if (c == ',' || c == ':') {
        ++at_;
      } else {
        at_ = std::min(text_.find_first_of(",:{}[]\" \t\r\n", at_ + 1), text_.size());
      }
    } while (depth > 0 && at_ < text_.size());
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

// Whether the key that stands in the text as this token is `key`.
bool names(std::string_view token, const std::string& key) {
  const Value value(json_loadb(token.data(), token.size(), JSON_DECODE_ANY, nullptr));
  return value &&
         std::string_view(json_string_value(value.get()), json_string_length(value.get())) == key;
}

bool enter_member(Scanner& scanner, const std::string& key) {
  scanner.skip_one();
  while (scanner.peek() == '"') {
    const std::string_view token = scanner.string_token();
    if (scanner.peek() != ':') return false;
    scanner.skip_one();
    scanner.peek();
    if (names(token, key)) return true;
    scanner.skip_value();
    if (scanner.peek() == ',') scanner.skip_one();
  }
  return false;
}

bool enter_element(Scanner& scanner, std::size_t index) {
  scanner.skip_one();
  for (; index > 0; --index) {
    if (scanner.peek() == ']') return false;
    scanner.skip_value();
    if (scanner.peek() == ',') scanner.skip_one();
  }
  return scanner.peek() != ']';
}

bool enter(Scanner& scanner, const Step& step) {
  if (const auto* key = std::get_if<std::string>(&step))
    return scanner.peek() == '{' && enter_member(scanner, *key);
  return scanner.peek() == '[' && enter_element(scanner, std::get<std::size_t>(step));
}

}  // namespace

std::size_t line_of(std::string_view text, const Path& path) {
  Scanner scanner(text);
  scanner.peek();
  std::size_t found = scanner.position();
  for (const Step& step : path) {
    if (!enter(scanner, step)) break;
    found = scanner.position();
  }
  found = std::min(found, text.size());
  return 1 + static_cast<std::size_t>(
                 std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(found), '\n'));
}

std::string path_text(const Path& path) {
  std::string out;
  for (const Step& step : path) {
    if (const auto* key = std::get_if<std::string>(&step)) {
      out += (out.empty() ? "" : ".") + base::escape(*key, 64);
    } else {
      out += "[" + std::to_string(std::get<std::size_t>(step)) + "]";
    }
  }
  return out;
}

}  // namespace json
