// SPDX-License-Identifier: MIT
// base/text: trimming, splitting, escaping, dumping, wrapping.
#include "base/text.h"

#include <cerrno>
#include <string>
#include <vector>

#include "support/check.h"

namespace {

TEST(text, trim) {
  CHECK_STR(base::trim(""), "");
  CHECK_STR(base::trim(" \t "), "");
  CHECK_STR(base::trim("\t a b  "), "a b");
  CHECK_STR(base::trim("a\n"), "a\n");
}

std::string joined(const std::vector<std::string_view>& parts) {
  std::string text;
  for (const auto part : parts)
    text.append("[").append(part).append("]");
  return text;
}

TEST(text, split) {
  CHECK_STR(joined(base::split("", ',')), "[]");
  CHECK_STR(joined(base::split("a,,b", ',')), "[a][][b]");
  CHECK_STR(joined(base::split("a,", ',')), "[a][]");
  CHECK_STR(joined(base::split_list(" a , ,b\t,", ',')), "[a][b]");
  CHECK_STR(joined(base::split_list("", ',')), "");
}

TEST(text, join) {
  const std::vector<std::string> parts = {"a", "", "b"};
  CHECK_STR(base::join(parts, ", "), "a, , b");
  CHECK_STR(base::join({}, ", "), "");
}

TEST(text, case_is_ascii_only) {
  CHECK_STR(base::to_lower("AZaz@[\xc3\x84"), "azaz@[\xc3\x84");
  CHECK(base::equal_ignoring_case("Content-TYPE", "content-type"));
  CHECK(!base::equal_ignoring_case("a", "ab"));
  CHECK(!base::equal_ignoring_case("@", "`"));
}

TEST(text, hex_value) {
  for (int c = 0; c < 256; ++c) {
    const int expected = c >= '0' && c <= '9'   ? c - '0'
                         : c >= 'a' && c <= 'f' ? c - 'a' + 10
                         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                : -1;
    CHECK_EQ(base::hex_value(static_cast<char>(c)), expected);
  }
}

TEST(text, escape) {
  struct Row {
    std::string_view input;
    const char* expected;
  };
  using namespace std::string_view_literals;
  const Row rows[] = {
      {"plain text", "plain text"},
      {"a\nb\rc\td", "a\\nb\\rc\\td"},
      {"\x1b[31m"sv, "\\x1b[31m"},
      {"nul\0!"sv, "nul\\x00!"},
      {"\x7f", "\\x7f"},
      {"back\\slash", "back\\\\slash"},
      {"caf\xc3\xa9", "caf\xc3\xa9"},
      {"\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80"},
      // C1 control, right-to-left override, line separator
      {"\xc2\x9b", "\\xc2\\x9b"},
      {"\xe2\x80\xae", "\\xe2\\x80\\xae"},
      {"\xe2\x80\xa8", "\\xe2\\x80\\xa8"},
      // truncated, overlong, surrogate, above U+10FFFF, stray continuation
      {"\xc3", "\\xc3"},
      {"\xc0\xaf", "\\xc0\\xaf"},
      {"\xe0\x80\xaf", "\\xe0\\x80\\xaf"},
      {"\xed\xa0\x80", "\\xed\\xa0\\x80"},
      {"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},
      {"\xffz\x80", "\\xffz\\x80"},
  };
  for (const Row& row : rows)
    CHECK_STR(base::escape(row.input), row.expected);
  CHECK_STR(base::escape("abcdef", 3), "abc...");
  CHECK_STR(base::escape("abc", 3), "abc");
  CHECK_STR(base::quote("it's"), "'it\\'s'");
}

TEST(text, hex) {
  CHECK_STR(base::to_hex(base::as_bytes(std::string_view("\x00\xff\x1a", 3))), "00ff1a");
  CHECK_STR(base::hex_dump({}), "");
  CHECK_STR(base::hex_dump(base::as_bytes("0123456789abcdefGH\n")),
            "00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef|\n"
            "00000010  47 48 0a                                          |GH.|\n"
            "00000013\n");
  CHECK_STR(base::hex_dump(base::as_bytes(std::string(64, 'x'))),
            "00000000  78 78 78 78 78 78 78 78  78 78 78 78 78 78 78 78  |xxxxxxxxxxxxxxxx|\n"
            "*\n"
            "00000040\n");
}

TEST(text, json) {
  const auto escaped = [](std::string_view text) {
    std::string out = "+";
    base::append_json_escaped(out, text);
    return out;
  };
  CHECK_STR(escaped("plain \xc3\xa4"), "+plain \xc3\xa4");
  CHECK_STR(escaped("\"\\"), "+\\\"\\\\");
  CHECK_STR(escaped(std::string_view("\n\0\x7f", 3)), "+\\u000a\\u0000\\u007f");
  CHECK_STR(escaped("\xff\xc3"), "+\\uf7ff\\uf7c3");
  // A character that turns text around.
  CHECK_STR(escaped("\xe2\x80\xae"), "+\\u202e");
}

TEST(text, wrap) {
  CHECK_STR(base::wrap("aa bb cc", 5, 2), "aa bb\n  cc");
  CHECK_STR(base::wrap("aa  bb\ncc", 80, 3), "aa bb\n   cc");
  CHECK_STR(base::wrap("overlongword a", 4, 0), "overlongword\na");
  CHECK_STR(base::wrap("", 4, 0), "");
}

TEST(text, edit_distance) {
  CHECK_EQ(base::edit_distance("", "abc"), 3u);
  CHECK_EQ(base::edit_distance("abc", "abc"), 0u);
  CHECK_EQ(base::edit_distance("header", "haeder"), 1u);
  CHECK_EQ(base::edit_distance("verbos", "verbose"), 1u);
  CHECK_EQ(base::edit_distance("kitten", "sitting"), 3u);
}

TEST(text, error_text) {
  CHECK_STR(base::error_text(ECONNREFUSED), "Connection refused");
}

}  // namespace
