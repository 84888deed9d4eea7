// SPDX-License-Identifier: MIT
// Tests of field lists and of the "name: value" form.
#include "http/fields.h"

#include "support/check.h"

namespace {

std::string parsed(std::string_view line) {
  http::FieldLine field;
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

TEST(src_http_fields, grow_with_text_of_their_own) {
  http::Fields fields;
  for (int i = 0; i < 100; ++i)
    fields.add("name-" + std::to_string(i), std::string(static_cast<std::size_t>(i), 'v'));
  for (int i = 0; i < 40; ++i)
    fields.add(fields.begin()[i].name, fields.begin()[i + 1].value, true);
  REQUIRE(fields.size() == 140);
  CHECK_STR(fields.value("name-99"), std::string(99, 'v'));
  CHECK_STR(fields.begin()[139].name, "name-39");
  CHECK_STR(fields.begin()[139].value, std::string(40, 'v'));
  CHECK(fields.begin()[139].sensitive);
  CHECK(!fields.begin()[99].sensitive);
}

TEST(src_http_fields, set_value_takes_shorter_and_longer_values) {
  http::Fields fields{{"a", "first"}, {"b", "second", true}};
  fields.set_value(0, "1");
  CHECK(fields == (http::Fields{{"a", "1"}, {"b", "second", true}}));
  fields.set_value(1, "longer than before");
  CHECK(fields == (http::Fields{{"a", "1"}, {"b", "longer than before", true}}));
}

TEST(src_http_fields, copies_are_independent) {
  http::Fields first{{"a", "1"}, {"b", "", true}};
  http::Fields second = first;
  CHECK(second == first);
  first.set("a", first.value("b"));
  CHECK(second != first);
  CHECK_STR(second.value("a"), "1");
  http::Fields third = std::move(second);
  CHECK_EQ(third.size(), 2u);
  third.clear();
  CHECK(third.empty());
  third.add("c", "3");
  CHECK(third == (http::Fields{{"c", "3"}}));
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
