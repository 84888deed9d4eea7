// SPDX-License-Identifier: MIT
// Priority values (RFC 9218) and the Dictionary syntax below them (RFC 9651).
#include "http/priority.h"

#include "base/bytes_of.h"
#include "http/structured_field.h"
#include "support/check.h"

using namespace base_test;
using namespace nghttp2::http;
using nghttp2::Bytes;
using nghttp2::Extpri;

namespace {

// 9 marks what a value leaves as it was.
std::string parsed(std::string_view value) {
  Extpri priority = {9, 9};
  if (!parse_priority(bytes_of(value), priority)) {
    CHECK(priority.urgency == 9 && priority.inc == 9);
    return "error";
  }
  return "u=" + std::to_string(priority.urgency) + " i=" + std::to_string(priority.inc);
}

// One letter for each member, then the end or "!" for an error.
std::string types(std::string_view value) {
  static const char kLetters[] = "bidstBDxl";
  DictionaryParser parser(bytes_of(value));
  DictionaryMember member;
  std::string text;
  for (;;) {
    switch (parser.next(member)) {
      case DictionaryParser::Next::member: text += kLetters[unsigned(member.value.type)]; break;
      case DictionaryParser::Next::end:
        CHECK(parser.next(member) == DictionaryParser::Next::end);
        return text;
      case DictionaryParser::Next::error:
        CHECK(parser.next(member) == DictionaryParser::Next::error);
        return text + "!";
    }
  }
}

BareItem item(std::string_view value) {
  DictionaryParser parser(bytes_of(value));
  DictionaryMember member;
  CHECK(parser.next(member) == DictionaryParser::Next::member);
  return member.value;
}

}  // namespace

TEST(http_priority, values) {
  CHECK_STR(parsed(""), "u=9 i=9");
  CHECK_STR(parsed("u=0"), "u=0 i=9");
  CHECK_STR(parsed("u=7,i"), "u=7 i=1");
  CHECK_STR(parsed("i"), "u=9 i=1");
  CHECK_STR(parsed("i=?0, u=4"), "u=4 i=0");
  CHECK_STR(parsed("u=1, u=6"), "u=6 i=9");
  CHECK_STR(parsed("u=00001"), "u=1 i=9");
  CHECK_STR(parsed("  u=2 "), "u=2 i=9");
  CHECK_STR(parsed("u=1\t,\ti"), "u=1 i=1");
  CHECK_STR(parsed("u=2;x=y, i=?1;z"), "u=2 i=1");
  CHECK_STR(parsed("bogus=(1 2);q, u=6, *a=@1"), "u=6 i=9");
}

TEST(http_priority, bad_values_change_nothing) {
  for (const char* value :
       {"u=8",  "u=-1",   "u=1.5", "u=?1", "u",      "u=",   "u=\"1\"",
        "i=1",  "i=?2",   "i=i",   "U=3",  "u =3",   "u= 3", "u=3,",
        ",u=3", "u=3,,i", "u=3 i", "((",   "i, u=9", "u=+1", "u=999999999999999999"})
    CHECK_STR(parsed(value), "error");
}

TEST(http_priority, formatting) {
  for (uint32_t urgency = 0; urgency < kUrgencyLevels; ++urgency) {
    for (int inc = 0; inc < 2; ++inc) {
      uint8_t text[kMaxPriorityBytes];
      const size_t size = format_priority(text, {urgency, inc});
      Extpri priority = {kDefaultUrgency, 0};
      CHECK(size <= sizeof text);
      CHECK(parse_priority({text, size}, priority));
      CHECK_EQ(priority.urgency, urgency);
      CHECK_EQ(priority.inc, inc);
      const Extpri packed = unpack_priority(pack_priority(priority));
      CHECK_EQ(packed.urgency, urgency);
      CHECK_EQ(packed.inc, inc);
    }
  }
  uint8_t text[kMaxPriorityBytes];
  CHECK_EQ(format_priority(text, {kDefaultUrgency, 0}), 0u);
  CHECK_BYTES(Bytes(text, format_priority(text, {kDefaultUrgency, 1})), "i");
  CHECK_BYTES(Bytes(text, format_priority(text, {7, 1})), "u=7, i");
}

TEST(http_structured_field, types) {
  CHECK_STR(types(""), "");
  CHECK_STR(types("   "), "");
  CHECK_STR(
      types("a, b=?0, c=1, d=-1.5, e=\"x\", f=tok/en:1, g=:YQ==:, h=@-1, i=%\"%c3%a4\", j=()"),
      "bbidstBDxl");
  CHECK_STR(types("a=(1 \"x\";y=1 tok  );z=?1;w, b"), "lb");
  CHECK_STR(types("*k-1._*=*tok"), "t");
}

TEST(http_structured_field, numbers) {
  CHECK_EQ(item("a=-999999999999999").number, -999999999999999);
  CHECK_EQ(item("a=999999999999.999").number, 999999999999999);
  CHECK_EQ(item("a=1.5").number, 1500);
  CHECK_EQ(item("a=-0.25").number, -250);
  CHECK_EQ(item("a=@1659578233").number, 1659578233);
  for (const char* value : {"a=1000000000000000", "a=1000000000000.1", "a=1.", "a=1.1234", "a=-",
                            "a=--1", "a=.5", "a=@1.5", "a=@"})
    CHECK_STR(types(value), "!");
}

TEST(http_structured_field, texts) {
  CHECK_BYTES(item("a=\"x\\\"y\\\\\"").text, "x\\\"y\\\\");
  CHECK_BYTES(item("a=:YWJj:").text, "YWJj");
  CHECK_BYTES(item("a=tok;b").text, "tok");
  CHECK_BYTES(item("a=(1 2)").text, "1 2");
  for (const char* value : {"a=\"", "a=\"x", "a=\"\\", "a=\"\\x\"", "a=\"\x7f\"", "a=\"\xc3\xa4\"",
                            "a=:YWJj", "a=:Y:", "a=:YQ=:", "a=:YQ===:", "a=:Y-Q=:", "a=:=YQ:",
                            "a=?", "a=?2", "a=(1", "a=(1,2)", "a=(1\t2)", "a=(1;)", "a=((1))"})
    CHECK_STR(types(value), "!");
}

TEST(http_structured_field, display_strings_are_utf8) {
  for (const char* good : {"", "plain", "%c2%80", "%e0%a0%80", "%ed%9f%bf", "%ee%80%80",
                           "%f0%90%80%80", "%f4%8f%bf%bf"})
    CHECK_STR(types("a=%\"" + std::string(good) + "\""), "x");
  for (const char* bad :
       {"%", "%c", "%C3%A4", "%zz", "%80", "%c3", "%c3a", "%c0%80", "%c1%bf", "%e0%9f%bf",
        "%ed%a0%80", "%f0%8f%bf%bf", "%f4%90%80%80", "%f5%80%80%80", "%e2%82", "\xc3\xa4", "\n"})
    CHECK_STR(types("a=%\"" + std::string(bad) + "\""), "!");
  CHECK_STR(types("a=%x"), "!");
  CHECK_STR(types("a=%\"x"), "!");
}

TEST(http_structured_field, keys_and_separators) {
  for (const char* bad : {"A", "1a", "-a", "a,", "a ,", ",", "a;", "a; ", "a;B", "a;b=", "a b",
                          "a=1 b", "a=,", "a\xc3", "\ta"})
    CHECK(types(bad).back() == '!');
  CHECK_STR(types("a ,\tb"), "bb");
  CHECK_STR(types("a;  b;c=1"), "b");
  CHECK_STR(types("a\t"), "b");
}
