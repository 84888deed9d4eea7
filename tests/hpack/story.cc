// SPDX-License-Identifier: MIT
// A JSON reader of exactly the size that the HPACK corpus needs.
#include "story.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace hpack_test {
namespace {

class Reader {
 public:
  explicit Reader(std::string text) : text_(std::move(text)) {}

  bool story(std::vector<Case>& cases) {
    return object([&](const std::string& key) {
      if (key != "cases") return skip_value();
      return array([&] {
        cases.emplace_back();
        return one_case(cases.back());
      });
    });
  }

 private:
  bool one_case(Case& result) {
    return object([&](const std::string& key) {
      std::string text;
      if (key == "wire") {
        if (!string(text)) return false;
        result.wire = from_hex(text);
        return true;
      }
      if (key == "header_table_size") return number(result.header_table_size);
      if (key != "headers") return skip_value();
      return array([&] {
        return object([&](const std::string& name) {
          result.fields.push_back({name, {}});
          return string(result.fields.back().value);
        });
      });
    });
  }

  template <typename Member>
  bool object(Member member) {
    return list('{', '}', [&] {
      std::string key;
      return string(key) && take(':') && member(key);
    });
  }
  template <typename Element>
  bool array(Element element) {
    return list('[', ']', element);
  }
  template <typename Element>
  bool list(char open, char close, Element element) {
    if (!take(open)) return false;
    if (take(close)) return true;
    do {
      if (!element()) return false;
    } while (take(','));
    return take(close);
  }

  bool string(std::string& out) {
    if (!take('"')) return false;
    for (; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] != '\\') {
        out += text_[at_];
      } else if (!escape(out)) {
        return false;
      }
    }
    return at_++ < text_.size();
  }
  bool escape(std::string& out) {
    const char c = ++at_ < text_.size() ? text_[at_] : '\0';
    if (c == 'u') {
      const unsigned long code = std::strtoul(text_.substr(at_ + 1, 4).c_str(), nullptr, 16);
      at_ += 4;
      // The corpus has octets, not characters.
      out += char(code);
      return code < 256;
    }
    const std::string from = "\"\\/bfnrt";
    const size_t found = from.find(c);
    if (c == '\0' || found == std::string::npos) return false;
    out += "\"\\/\b\f\n\r\t"[found];
    return true;
  }
  bool number(long& out) {
    skip_blanks();
    char* end = nullptr;
    out = std::strtol(text_.c_str() + at_, &end, 10);
    const size_t length = size_t(end - text_.c_str()) - at_;
    at_ += length;
    return length > 0;
  }
  bool skip_value() {
    std::string text;
    long value = 0;
    skip_blanks();
    return at_ < text_.size() && text_[at_] == '"' ? string(text) : number(value);
  }

  bool take(char c) {
    skip_blanks();
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void skip_blanks() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

  std::string text_;
  size_t at_ = 0;
};

}  // namespace

bool read_story(const std::string& path, std::vector<Case>& cases) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return false;
  return Reader({std::istreambuf_iterator<char>(file), {}}).story(cases);
}

std::vector<std::string> story_files(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".json") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace hpack_test
