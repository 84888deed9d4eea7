// SPDX-License-Identifier: MIT
// Tests of field lists and of the "name: value" form.
#include "http/fields.h"

#include "support/check.h"

namespace {

std::string parsed(std::string_view line) {
  http::Field field;
  return http::parse_field_line(line, field) ? field.name + "=" + field.value : "error";
}

}  // namespace

TEST(src_http_fields, finds_the_first_of_a_name) {
  const http::Fields fields{{"a", "1"}, {"b", "2"}, {"a", "3"}};
  CHECK_STR(fields.value("a"), "1");
  CHECK_STR(fields.value("b"), "2");
  CHECK_STR(fields.value("c"), "");
  CHECK(fields.has("b"));
  CHECK(!fields.has("c"));
  CHECK(fields.find("c") == nullptr);
}

TEST(src_http_fields, set_replaces_all_of_a_name_in_place) {
  http::Fields fields{{"a", "1"}, {"b", "2"}, {"a", "3"}};
  fields.set("a", "9");
  CHECK(fields == (http::Fields{{"a", "9"}, {"b", "2"}}));
  fields.set("c", "4");
  CHECK(fields == (http::Fields{{"a", "9"}, {"b", "2"}, {"c", "4"}}));
}

TEST(src_http_fields, remove_counts) {
  http::Fields fields{{"a", "1"}, {"b", "2"}, {"a", "3"}};
  CHECK_EQ(fields.remove("a"), 2u);
  CHECK_EQ(fields.remove("a"), 0u);
  CHECK_EQ(fields.size(), 1u);
}

TEST(src_http_fields, lines_are_lower_cased_and_trimmed) {
  CHECK_STR(parsed("X-Name:  some value \t"), "x-name=some value");
  CHECK_STR(parsed("x:"), "x=");
  CHECK_STR(parsed("x:a:b"), "x=a:b");
  CHECK_STR(parsed(":Method: PUT"), ":method=PUT");
}

TEST(src_http_fields, bad_lines_are_refused) {
  for (const char* line : {"", ":", "no colon", ": value", " x: y", "a b: c", "x: a\r\nb: c"}) {
    CHECK_STR(parsed(line), "error");
  }
  CHECK_STR(parsed(std::string_view("x: a\0b", 6)), "error");
}
