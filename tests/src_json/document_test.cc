// SPDX-License-Identifier: MIT
#include "json/document.h"

#include <string>

#include "support/check.h"

namespace {

using json::Document;
using json::Node;

Document parsed(std::string text) {
  return *Document::parse("file.json", std::move(text));
}

TEST(json_document, reads_values) {
  Document document = parsed(R"({"n": 7, "r": 1.5, "s": "a\u0000\uf7ff", "b": true, "a": [1, 2]})");
  const Node root = document.root();
  CHECK_EQ(root.member("n").unsigned_integer(), 7);
  CHECK_EQ(root.member("n").number(), 7.0);
  CHECK_EQ(root.member("r").number(0, 2), 1.5);
  CHECK_BYTES(root.member("s").text(), "a\0\xff");
  CHECK(root.member("b").boolean());
  CHECK_EQ(root.member("a").size(), 2);
  CHECK_EQ(root.member("a").element(1).unsigned_integer(), 2);
  CHECK(!root.find("x").exists());
  CHECK_EQ(root.members().size(), 5);
  CHECK_STR(root.members()[1].first, "r");
  CHECK_STR(document.problem(), "");
}

TEST(json_document, tells_the_line_of_a_syntax_error) {
  const auto document = Document::parse("dir/file.json", "{\n  \"a\": 1,\n  oops\n}");
  REQUIRE(!document);
  CHECK(document.error().starts_with("dir/file.json:3:"));
  CHECK(document.error().find("oops") != std::string::npos);
  CHECK(!Document::parse("f", ""));
  CHECK(!Document::parse("f", R"({"a": 1, "a": 2})"));
}

// The problem after `read` has read from the text.
template <class Read>
std::string problem_of(std::string text, Read read) {
  Document document = parsed(std::move(text));
  read(document.root());
  return document.problem();
}

TEST(json_document, tells_place_and_line_of_a_mistake) {
  const std::string text = "{\n \"a\": [\n  1,\n  {\"b\": \"x\"}]}";
  CHECK_STR(problem_of(text, [](const Node& root) { root.member("c"); }),
            "file.json:1: \"c\" is missing");
  const auto b = [](const Node& root) { return root.member("a").element(1).member("b"); };
  CHECK_STR(problem_of(text, [&](const Node& root) { b(root).unsigned_integer(); }),
            "file.json:4: a[1].b: expected an integer of at least 0");
  CHECK_STR(problem_of(text, [&](const Node& root) { b(root).unsigned_integer(9); }),
            "file.json:4: a[1].b: expected an integer in the range 0 to 9");
  CHECK_STR(problem_of(text, [&](const Node& root) { b(root).number(); }),
            "file.json:4: a[1].b: expected a number");
  CHECK_STR(problem_of(text, [&](const Node& root) { b(root).boolean(); }),
            "file.json:4: a[1].b: expected true or false");
  CHECK_STR(problem_of(text, [&](const Node& root) { b(root).size(); }),
            "file.json:4: a[1].b: expected an array");
  CHECK_STR(problem_of(text, [&](const Node& root) { b(root).find("x"); }),
            "file.json:4: a[1].b: expected an object");
  CHECK_STR(problem_of(text, [](const Node& root) { root.member("a").members(); }),
            "file.json:2: a: expected an object");
  CHECK_STR(problem_of(text, [](const Node& root) { root.member("a").element(0).text(); }),
            "file.json:3: a[0]: expected a string");
}

TEST(json_document, numbers_have_ranges) {
  const auto read = [](const Node& root) { root.number(0, 100); };
  CHECK_STR(problem_of("[]", read), "file.json:1: expected a number of at least 0 and at most 100");
  for (const char* text : {"[-1]", "[1.5]", "[9223372036854775807]"}) {
    const auto element = [](const Node& root) { root.element(0).unsigned_integer(1u << 31); };
    CHECK(!problem_of(text, element).empty());
  }
}

TEST(json_document, keeps_the_first_mistake) {
  CHECK_STR(problem_of("{}",
                       [](const Node& root) {
                         root.member("a").member("b").element(3).text();
                         root.member("z");
                       }),
            "file.json:1: \"a\" is missing");
}

TEST(json_document, members_that_nobody_knows) {
  const auto read = [](const Node& root) { root.expect_only({"path", "method"}); };
  CHECK_STR(problem_of("{\"path\": 1}", read), "");
  CHECK_STR(problem_of("{\"path\": 1,\n\"metod\": 2}", read),
            "file.json:2: metod: is not known here; did you mean 'method'?");
  CHECK_STR(problem_of("{\"x\": 1}", read), "file.json:1: x: is not known here");
}

TEST(json_document, a_value_as_text) {
  std::string text;
  problem_of("{\"a\": [1, {\"b\": \"x y\"}],\n \"c\": \"d\"}", [&text](const Node& root) {
    text = root.member("a").compact() + root.find("c").compact() + root.find("e").compact();
  });
  CHECK_STR(text, "[1,{\"b\":\"x y\"}]\"d\"");
}

}  // namespace
