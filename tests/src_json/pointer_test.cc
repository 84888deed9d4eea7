// SPDX-License-Identifier: MIT
// JSON pointers: the examples of RFC 6901 §5, what is not there, and what is no pointer.
#include "json/pointer.h"

#include "support/check.h"

using json::Pointer;

namespace {

constexpr char kDocument[] =
    R"({"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5,)"
    R"( "k\"l": 6, " ": 7, "m~n": 8, "deep": {"x": [{"y": null}, 1.5, true]}})";

std::string found(std::string_view pointer, std::string_view text = kDocument) {
  const auto parsed = Pointer::parse(pointer);
  if (!parsed) return "error: " + parsed.error();
  return parsed->find_in(text).value_or("nothing");
}

}  // namespace

TEST(pointer, names_what_the_rfc_says) {
  CHECK_STR(found("/foo"), R"(["bar","baz"])");
  CHECK_STR(found("/foo/0"), "bar");
  CHECK_STR(found("/"), "0");
  CHECK_STR(found("/a~1b"), "1");
  CHECK_STR(found("/c%d"), "2");
  CHECK_STR(found("/i\\j"), "5");
  CHECK_STR(found("/k\"l"), "6");
  CHECK_STR(found("/ "), "7");
  CHECK_STR(found("/m~0n"), "8");
  CHECK_STR(found("", "[1, 2]"), "[1,2]");
}

TEST(pointer, values_of_all_types) {
  CHECK_STR(found("/deep/x/0/y"), "null");
  CHECK_STR(found("/deep/x/1"), "1.5");
  CHECK_STR(found("/deep/x/2"), "true");
  CHECK_STR(found("/deep/x/0"), R"({"y":null})");
  CHECK_STR(found("", "\"caf\xc3\xa9 \\u0000.\""), std::string_view("caf\xc3\xa9 \0.", 8));
}

TEST(pointer, nothing_of_that_name) {
  for (const char* pointer : {"/none", "/foo/2", "/foo/-", "/foo/00", "/foo/x", "/foo/0/x", "/a"})
    CHECK_STR(found(pointer), "nothing");
  CHECK_STR(found("/foo", ""), "nothing");
  CHECK_STR(found("/foo", "<html>"), "nothing");
  CHECK_STR(found("/foo", "{\"foo\": 1"), "nothing");
}

TEST(pointer, what_is_no_pointer) {
  CHECK_STR(found("foo"), "error: a JSON pointer begins with '/'");
  CHECK_STR(found("/a~"), "error: in a JSON pointer, '~' is followed by 0 or 1");
  CHECK_STR(found("/a~2b"), "error: in a JSON pointer, '~' is followed by 0 or 1");
}
