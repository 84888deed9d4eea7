// SPDX-License-Identifier: MIT
// Media types by file name extension.
#include "http/media_type.h"

#include "base/file.h"
#include "base/text.h"

namespace http {

namespace {

constexpr std::string_view kBlank = " \t\r\v\f";

// Takes the next word off the front of `line`; empty at its end.
std::string_view take_word(std::string_view& line) {
  const std::size_t start = line.find_first_not_of(kBlank);
  if (start == std::string_view::npos) return {};
  line.remove_prefix(start);
  const std::string_view word = line.substr(0, line.find_first_of(kBlank));
  line.remove_prefix(word.size());
  return word;
}

}  // namespace

void MediaTypes::parse(std::string_view text) {
  while (!text.empty()) {
    const std::size_t newline = text.find('\n');
    std::string_view line = text.substr(0, newline);
    text.remove_prefix(newline == std::string_view::npos ? text.size() : newline + 1);
    line = line.substr(0, line.find('#'));
    const std::string_view type = take_word(line);
    while (!type.empty()) {
      const std::string_view extension = take_word(line);
      if (extension.empty()) break;
      types_.insert_or_assign(base::to_lower(extension), std::string(type));
    }
  }
}

base::Result<void> MediaTypes::load(const std::string& path) {
  const auto text = base::read_file(path);
  if (!text) return base::Error{text.error()};
  parse(*text);
  return {};
}

std::string_view MediaTypes::find(std::string_view path) const {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return {};
  const auto found = types_.find(base::to_lower(name.substr(dot + 1)));
  return found == types_.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace http
