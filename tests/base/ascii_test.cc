// SPDX-License-Identifier: MIT
// Character classes agree with the "C" locale, decimal numbers with arithmetic.
#include "base/ascii.h"

#include <cctype>

#include "base/bytes_of.h"
#include "support/check.h"

using namespace base_test;
using namespace nghttp2;

TEST(base_ascii, classes_of_all_octets) {
  for (unsigned c = 0; c < 256; ++c) {
    const uint8_t octet = uint8_t(c);
    const bool is_ascii = c < 128;
    CHECK_EQ(is_digit(octet), is_ascii && std::isdigit(int(c)) != 0);
    CHECK_EQ(is_upper(octet), is_ascii && std::isupper(int(c)) != 0);
    CHECK_EQ(is_lower(octet), is_ascii && std::islower(int(c)) != 0);
    CHECK_EQ(is_alpha(octet), is_ascii && std::isalpha(int(c)) != 0);
    CHECK_EQ(to_lower(octet), is_ascii ? std::tolower(int(c)) : int(c));
  }
}

TEST(base_ascii, sets) {
  constexpr ByteSet kSet = ByteSet().with("ab").with_range('x', 'z').without_range('y', 'y');
  for (unsigned c = 0; c < 256; ++c)
    CHECK_EQ(kSet.has(uint8_t(c)), c != 0 && std::strchr("abxz", int(c)) != nullptr);
}

TEST(base_ascii, every_position_of_a_text_is_looked_at) {
  for (size_t size = 0; size < 20; ++size) {
    std::string text(size, 'a');
    CHECK(kTokenBytes.has_all(bytes_of(text)));
    for (char& c : text) {
      c = ' ';
      CHECK(!kTokenBytes.has_all(bytes_of(text)));
      c = 'a';
    }
  }
}

TEST(base_ascii, decimal_numbers) {
  uint64_t value = 7;
  CHECK(parse_decimal(literal("0"), 10, value));
  CHECK_EQ(value, 0u);
  CHECK(parse_decimal(literal("00012"), 12, value));
  CHECK_EQ(value, 12u);
  CHECK(parse_decimal(literal("18446744073709551615"), UINT64_MAX, value));
  CHECK_EQ(value, UINT64_MAX);
  CHECK(parse_decimal(literal("9223372036854775807"), INT64_MAX, value));
  CHECK_EQ(value, uint64_t(INT64_MAX));
}

TEST(base_ascii, what_is_not_a_decimal_number) {
  uint64_t value = 7;
  for (const char* text : {"", "-1", "+1", " 1", "1 ", "1,1", "0x1", "1.0", "\xb2"})
    CHECK(!parse_decimal(bytes_of(text), UINT64_MAX, value));
  CHECK(!parse_decimal(literal("18446744073709551616"), UINT64_MAX, value));
  CHECK(!parse_decimal(literal("99999999999999999999"), UINT64_MAX, value));
  CHECK(!parse_decimal(literal("9223372036854775808"), INT64_MAX, value));
  CHECK(!parse_decimal(literal("13"), 12, value));
  CHECK(!parse_decimal(literal("5"), 4, value));
  CHECK_EQ(value, 7u);
}
