// SPDX-License-Identifier: MIT
// Words of a scenario line: `word`, `key=value`, `"quoted text"`, `key="quoted value"`.
#include "support/tokens.h"

#include <algorithm>

#include "support/names.h"

namespace support {

Words::Words(std::string_view line) : line_(line) {
  std::size_t at = 0;
  for (;;) {
    at = line_.find_first_not_of(' ', at);
    if (at == std::string::npos) break;
    words_.push_back(read_word(at));
  }
}

void Words::fail(const std::string& what) const {
  throw ScriptError(what + " in `" + line_ + "`");
}

Words::Word Words::read_word(std::size_t& at) const {
  Word word;
  word.begin = at;
  bool in_quotes = false;
  for (; at < line_.size() && (in_quotes || line_[at] != ' '); ++at) {
    const char c = line_[at];
    if (c == '"') {
      in_quotes = !in_quotes;
    } else if (in_quotes && c == '\\') {
      if (line_.compare(at, 2, "\\x") == 0 && at + 4 <= line_.size()) {
        word.text.push_back(static_cast<char>(std::stoi(line_.substr(at + 2, 2), nullptr, 16)));
        at += 3;
      } else {
        ++at;
        word.text.push_back(at < line_.size() ? line_[at] : '\\');
      }
    } else {
      const bool is_separator = c == '=' && !in_quotes && !word.text.empty();
      if (is_separator && word.equals == std::string::npos) word.equals = word.text.size();
      word.text.push_back(c);
    }
  }
  if (in_quotes) fail("unbalanced quotes");
  return word;
}

std::optional<std::string> Words::next_if_any() {
  const auto found = std::find_if(words_.begin(), words_.end(), [](const Word& word) {
    return word.equals == std::string::npos;
  });
  if (found == words_.end()) return std::nullopt;
  std::string text = std::move(found->text);
  words_.erase(found);
  return text;
}

std::string Words::next() {
  if (auto word = next_if_any()) return *word;
  fail("a word is missing");
}

std::uint32_t Words::next_number() {
  const std::string word = next();
  if (const auto number = parse_number(word)) return *number;
  fail("`" + word + "` is not a number");
}

std::int32_t Words::next_signed() {
  std::string word = next();
  const bool is_negative = word[0] == '-';
  const auto number = parse_number(std::string_view(word).substr(is_negative ? 1 : 0));
  if (!number) fail("`" + word + "` is not a number");
  const auto value = static_cast<std::int64_t>(*number);
  return static_cast<std::int32_t>(is_negative ? -value : value);
}

std::int32_t Words::next_stream_id() {
  return next_signed();
}

std::optional<std::string> Words::value(std::string_view key) {
  for (auto word = words_.begin(); word != words_.end(); ++word) {
    if (word->equals == std::string::npos || word->text.compare(0, word->equals, key) != 0) {
      continue;
    }
    std::string text = word->text.substr(word->equals + 1);
    words_.erase(word);
    return text;
  }
  return std::nullopt;
}

std::uint32_t Words::number(std::string_view key, std::uint32_t otherwise) {
  const auto text = value(key);
  if (!text) return otherwise;
  if (const auto number = parse_number(*text)) return *number;
  fail("`" + *text + "` is not a number");
}

bool Words::flag(std::string_view text) {
  const auto found = std::find_if(words_.begin(), words_.end(), [&](const Word& word) {
    return word.equals == std::string::npos && word.text == text;
  });
  if (found == words_.end()) return false;
  words_.erase(found);
  return true;
}

Fields Words::fields() {
  Fields fields;
  for (const Word& word : words_) {
    if (word.equals == std::string::npos) fail("`" + word.text + "` is not name=value");
    Field field{word.text.substr(0, word.equals), word.text.substr(word.equals + 1)};
    if (field.name[0] == '~') {
      field.name.erase(0, 1);
      field.never_index = true;
    }
    fields.push_back(std::move(field));
  }
  words_.clear();
  return fields;
}

std::vector<Setting> Words::settings() {
  std::vector<Setting> entries;
  for (const Field& field : fields()) {
    const auto id = parse_setting(field.name);
    const auto number = parse_number(field.value);
    if (!id || !number) fail("`" + field.name + "` is not a setting");
    entries.emplace_back(static_cast<std::uint16_t>(*id), *number);
  }
  return entries;
}

std::optional<Priority> Words::priority() {
  const auto dependency = value("dep");
  const auto weight = value("weight");
  const bool exclusive = flag("exclusive");
  if (!dependency && !weight && !exclusive) return std::nullopt;
  Priority priority;
  priority.exclusive = exclusive;
  if (dependency) priority.dependency = parse_number(*dependency).value_or(0);
  if (weight) priority.weight = parse_number(*weight).value_or(0);
  return priority;
}

std::optional<Body> Words::body() {
  const auto text = value("body");
  if (!text) return std::nullopt;
  Body body;
  body.bytes = *text;
  if (text->rfind("size:", 0) == 0) {
    const auto size = parse_number(std::string_view(*text).substr(5));
    if (!size) fail("the size of a body is not a number");
    body.bytes.assign(*size, 'b');
  }
  body.chunk = number("chunk", 0);
  body.deferrals = number("defer", 0);
  body.end_stream = !flag("no_end_stream");
  body.copy = !flag("no_copy");
  if (const auto failure = value("failure")) {
    body.failure = parse_library_error(*failure).value_or(0);
  }
  if (const auto trailer = value("trailer")) {
    const std::size_t colon = trailer->find(':', 1);
    if (colon == std::string::npos) fail("a trailer is not name:value");
    body.trailers.push_back({trailer->substr(0, colon), trailer->substr(colon + 1)});
  }
  return body;
}

std::string Words::rest() {
  if (words_.empty()) return "";
  std::string text = line_.substr(words_.front().begin);
  words_.clear();
  return text;
}

void Words::finish() const {
  if (!words_.empty()) fail("cannot read `" + words_.front().text + "`");
}

}  // namespace support
