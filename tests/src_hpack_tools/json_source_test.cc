// SPDX-License-Identifier: MIT
// Cases out of JSON documents, and where documents are wrong.
#include "hpack_tools/json_source.h"

#include <random>

#include "hpack_tools/case_input.h"
#include "src_hpack_tools/input.h"
#include "support/check.h"

using namespace hpack_tools;
using hpack_tools_test::input_of;

namespace {

// The "n" of each case, then "end" or the error.
std::string read(const std::string& text, std::size_t piece = SIZE_MAX,
                 std::size_t max_octets = 1000) {
  ByteSource bytes = input_of(text, piece);
  JsonSource source(bytes, max_octets);
  std::string seen;
  for (;;) {
    const auto one = source.next();
    if (!one) return seen + one.error();
    if (!*one) return seen + "end";
    CHECK_EQ((*one)->number, static_cast<std::size_t>(std::count(seen.begin(), seen.end(), ' ')));
    seen += std::to_string(json_integer_value(json_object_get((*one)->value.get(), "n"))) + " ";
  }
}

}  // namespace

TEST(json_source, cases_among_other_keys) {
  const std::string text =
      "\n{ \"a\" : [1, {\"cases\": [5]}] , \"cases\":[{\"n\":1}\n,{\"n\":2,\"x\":\"]}\\\"\"} ],\r\n"
      "\t\"b\": null, \"c\": -1.5e3 ,\"d\":\"\\\\\"}\n";
  CHECK_STR(read(text), "1 2 end");
  CHECK_STR(read(text, 1), "1 2 end");
  CHECK_STR(read("{\"cases\":[]}"), "end");
}

TEST(json_source, places_of_errors) {
  CHECK_STR(read(""), "line 1, column 1: '{' is expected, not the end of the input");
  CHECK_STR(read("[]"), "line 1, column 1: '{' is expected, not '['");
  CHECK_STR(read("{}"), "line 1, column 2: the root object has no \"cases\"");
  CHECK_STR(read("{\"a\":1}"), "line 1, column 7: the root object has no \"cases\"");
  CHECK_STR(read("{\n \"cases\" []}"), "line 2, column 10: ':' is expected, not '['");
  CHECK_STR(read("{\"cases\": {}}"),
            "line 1, column 11: '[', as \"cases\" is an array, is expected, not '{'");
  CHECK_STR(read("{\"cases\":[{\"n\":7} 8]}"),
            "7 case 1: line 1, column 19: ',' or ']' is expected, not '8'");
  CHECK_STR(read("{\"cases\":[{\"n\":7},\n8]}"), "7 case 1: line 2, column 1: a case is an object");
  CHECK_STR(read("{\"cases\":[{\"n\":7},]}"),
            "7 case 1: line 1, column 19: a value is expected, not ']'");
  CHECK_STR(read("{\"cases\":[], \"cases\":[]}"),
            "line 1, column 14: the key \"cases\" occurs twice");
  CHECK_STR(read("{\"cases\":[]} x"),
            "line 1, column 14: the end of the input is expected, not 'x'");
  CHECK_STR(read("{\"cases\":[{\"n\":1}"),
            "1 case 1: line 1, column 18: ',' or ']' is expected, not the end of the input");
}

TEST(json_source, errors_inside_of_a_case) {
  const std::string wrong = read("{\"cases\":[{\"n\":3},\n  {\"n\":\n   nul }]}");
  CHECK(wrong.starts_with("3 case 1: line 3, column 6: invalid token"));
  CHECK(read("{\"cases\":[{\"n\":3").starts_with("case 0: line 1, column 16: "));
  CHECK(read("{\"cases\":[{\"n\":1,\"n\":2}]}").starts_with("case 0: line 1, column "));
  CHECK(read("{\"cases\":[[}]}").starts_with("case 0: line 1, column 12: "));
}

TEST(json_source, values_have_a_limit) {
  const std::string text =
      "{\"cases\":[{\"n\":1},{\"n\":2,\"x\":\"" + std::string(100, 'x') + "\"}]}";
  CHECK_STR(read(text, 7, 114), "1 2 end");
  CHECK_STR(read(text, 7, 113), "1 case 1: line 1, column 19: this value has more than 113 octets");
}

TEST(json_source, damaged_documents) {
  const std::string good =
      "{\"a\":{\"b\":[1,2]},\"cases\":[{\"n\":1,\"headers\":[{\"a\":\"b\"}]},\n{\"n\":2,\"wire\":"
      "\"82\"}]}";
  std::mt19937 random(1);
  for (int round = 0; round < 5000; ++round) {
    std::string text = good;
    for (unsigned changes = 1 + random() % 3; changes > 0; --changes) {
      text[random() % text.size()] = "{}[],:\"\\ \n1a\xff"[random() % 13];
    }
    const std::string seen = read(text);
    CHECK(seen.ends_with("end") || seen.find("line ") != std::string::npos);
    if (!CHECK_STR(read(text, 3), seen)) return;
  }
}

TEST(case_input, fields) {
  const json::Value good(
      json_loads("{\"headers\":[{\":a\":\"1\"},{\"\":\"\"}],\"header_table_size\":9}", 0, nullptr));
  const auto one = read_encoding_case(good.get());
  REQUIRE(one);
  CHECK_EQ(one->fields.size(), 2u);
  CHECK_STR(one->fields[0].name, ":a");
  CHECK_EQ(*one->header_table_size, 9u);
}

TEST(case_input, errors) {
  const auto fields = [](const char* text) {
    const json::Value value(json_loads(text, 0, nullptr));
    const auto one = read_encoding_case(value.get());
    return one ? std::string("good") : one.error();
  };
  CHECK_STR(fields("{}"), "\"headers\" is missing or no array");
  CHECK_STR(fields("{\"headers\":[{\"a\":\"b\",\"c\":\"d\"}]}"),
            "headers[0]: not an object with one pair of name and value");
  CHECK_STR(fields("{\"headers\":[{\"a\":\"b\"},{\"a\":1}]}"),
            "headers[1]: the value is not a string");
  CHECK_STR(fields("{\"headers\":[],\"header_table_size\":4294967296}"),
            "\"header_table_size\" is no integer in the range 0 to 4294967295");
  const std::string longest(kMaxStringOctets, 'x');
  CHECK_STR(fields(("{\"headers\":[{\"a\":\"" + longest + "\"}]}").c_str()), "good");
  CHECK_STR(fields(("{\"headers\":[{\"a\":\"" + longest + "x\"}]}").c_str()),
            "headers[0]: the value has 65537 octets; decoders take 65536 at most");

  const auto wire = [](const char* text) {
    const json::Value value(json_loads(text, 0, nullptr));
    const auto one = read_decoding_case(value.get());
    return one ? one->block : one.error();
  };
  CHECK_STR(wire("{\"wire\":\"00fFa0\"}"), std::string("\0\xff\xa0", 3));
  CHECK_STR(wire("{\"wire\":\"8\"}"), "\"wire\" has an odd number of digits");
  CHECK_STR(wire("{\"wire\":\"82 6\"}"),
            "\"wire\" has ' ' at position 2, which is no hexadecimal digit");
  CHECK_STR(wire("{\"wire\":5}"), "\"wire\" is missing or no string");
}
