// SPDX-License-Identifier: MIT
// Every octet alone and at every place of a longer text, against the grammar spelt out.
#include "http/field_syntax.h"

#include "base/bytes_of.h"
#include "support/check.h"

using namespace base_test;
using namespace nghttp2::http;
using nghttp2::Bytes;
using nghttp2::literal;

namespace {

bool is_in(unsigned c, std::string_view set) {
  return set.find(char(c)) != std::string_view::npos;
}
bool is_letter_or_digit(unsigned c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
// RFC 9110 §5.6.2.
bool is_tchar(unsigned c) {
  return is_letter_or_digit(c) || is_in(c, "!#$%&'*+-.^_`|~");
}
bool is_name_octet(unsigned c) {
  return is_tchar(c) && !(c >= 'A' && c <= 'Z');
}
bool is_value_octet(unsigned c) {
  return c == '\t' || (c >= 0x20 && c != 0x7f);
}
bool is_path_octet(unsigned c) {
  return c > 0x20 && c != 0x7f;
}
bool is_host_octet(unsigned c) {
  return is_letter_or_digit(c) || is_in(c, "!$%&'()*+,-.:;=[]_~");
}
bool is_authority_octet(unsigned c) {
  return is_host_octet(c) || c == '@';
}
bool is_scheme_octet(unsigned c) {
  return is_letter_or_digit(c) || is_in(c, "+-.");
}

// An octet is allowed within a text exactly if the grammar allows it, wherever it stands.
void check_octets(bool (*is_valid)(Bytes), bool (*is_allowed)(unsigned)) {
  for (size_t size : {3, 8, 9, 16, 31}) {
    std::string text(size, 'a');
    CHECK(is_valid(bytes_of(text)));
    for (size_t i = 1; i + 1 < size; ++i) {
      for (unsigned c = 0; c < 256; ++c) {
        text[i] = char(c);
        CHECK_EQ(is_valid(bytes_of(text)), is_allowed(c));
      }
      text[i] = 'a';
    }
  }
}

}  // namespace

TEST(http_field_syntax, names) {
  check_octets(is_field_name, is_name_octet);
  CHECK(is_field_name(literal("x")));
  CHECK(is_field_name(literal(":path")));
  CHECK(!is_field_name(literal("")));
  CHECK(!is_field_name(literal(":")));
  CHECK(!is_field_name(literal("::a")));
  CHECK(!is_field_name(literal("a:b")));
}

TEST(http_field_syntax, the_first_fault_of_a_name) {
  CHECK(find_name_fault(literal("ok")) == NameFault::none);
  CHECK(find_name_fault(literal(":ok")) == NameFault::none);
  CHECK(find_name_fault(literal("")) == NameFault::empty);
  CHECK(find_name_fault(literal(":")) == NameFault::empty);
  CHECK(find_name_fault(literal("Up")) == NameFault::upper_case);
  CHECK(find_name_fault(literal("uP\x80")) == NameFault::upper_case);
  CHECK(find_name_fault(literal("u\x80P")) == NameFault::other);
  CHECK(find_name_fault(literal("a b")) == NameFault::other);
}

TEST(http_field_syntax, values) {
  check_octets(is_field_value, is_value_octet);
  check_octets(is_trimmed_field_value, is_value_octet);
  for (unsigned c = 0; c < 256; ++c) {
    const std::string alone(1, char(c));
    const bool is_blank = c == ' ' || c == '\t';
    CHECK_EQ(is_field_value(bytes_of(alone)), is_value_octet(c));
    CHECK_EQ(is_trimmed_field_value(bytes_of(alone)), is_value_octet(c) && !is_blank);
    CHECK_EQ(is_trimmed_field_value(bytes_of(alone + "b")), is_value_octet(c) && !is_blank);
    CHECK_EQ(is_trimmed_field_value(bytes_of("b" + alone)), is_value_octet(c) && !is_blank);
  }
  CHECK(is_field_value(literal("")));
  CHECK(is_trimmed_field_value(Bytes()));
  CHECK(is_field_value(literal("tab\tinside and \"quotes\"")));
}

TEST(http_field_syntax, methods) {
  check_octets(is_method, is_tchar);
  CHECK(is_method(literal("M-SEARCH")));
  CHECK(!is_method(literal("")));
}

TEST(http_field_syntax, paths) {
  check_octets(is_path, is_path_octet);
  CHECK(is_path(literal("")));
  CHECK(is_path(literal("*")));
  CHECK(!is_path(literal("/a b")));
}

TEST(http_field_syntax, authorities) {
  check_octets(is_authority, is_authority_octet);
  check_octets(is_host_and_port, is_host_octet);
  CHECK(is_authority(literal("user@[::1]:80")));
  CHECK(is_host_and_port(literal("[2001:db8::1]:443")));
  CHECK(!is_host_and_port(literal("user@host")));
  CHECK(is_host_and_port(literal("")));
}

TEST(http_field_syntax, schemes) {
  check_octets(is_scheme, is_scheme_octet);
  CHECK(is_scheme(literal("a")));
  CHECK(!is_scheme(literal("")));
  CHECK(!is_scheme(literal("1a")));
  CHECK(!is_scheme(literal("+a")));
}
