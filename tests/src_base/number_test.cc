// SPDX-License-Identifier: MIT
// base/number: integers, sizes and durations as options write them.
#include "base/number.h"

#include <cstdint>

#include "support/check.h"

namespace {

using namespace std::chrono_literals;

TEST(number, parse_unsigned) {
  CHECK_EQ(base::parse_unsigned("0").value_or(9), 0u);
  CHECK_EQ(base::parse_unsigned("18446744073709551615").value_or(0), UINT64_MAX);
  for (const char* bad : {"", " 1", "1 ", "+1", "-1", "0x1", "1.0", "18446744073709551616", "1K"}) {
    CHECK(!base::parse_unsigned(bad));
  }
}

TEST(number, parse_signed) {
  CHECK_EQ(base::parse_signed("-9223372036854775808").value_or(0), INT64_MIN);
  CHECK_EQ(base::parse_signed("7").value_or(0), 7);
  for (const char* bad : {"", "-", "--1", "+1", "9223372036854775808", "1s"}) {
    CHECK(!base::parse_signed(bad));
  }
}

TEST(number, parse_decimal) {
  CHECK_EQ(base::parse_decimal("0.5").value_or(0), 0.5);
  CHECK_EQ(base::parse_decimal("20").value_or(0), 20.0);
  for (const char* bad : {"", ".", "1.2.3", "1e3", "inf", "nan", "-1", "+1"}) {
    CHECK(!base::parse_decimal(bad));
  }
}

TEST(number, parse_size) {
  CHECK_EQ(base::parse_size("0").value_or(1), 0u);
  CHECK_EQ(base::parse_size("512").value_or(0), 512u);
  CHECK_EQ(base::parse_size("16k").value_or(0), 16384u);
  CHECK_EQ(base::parse_size("2M").value_or(0), 2097152u);
  CHECK_EQ(base::parse_size("3G").value_or(0), 3221225472u);
  for (const char* bad : {"", "K", "1KB", "1T", "-1K", "1 K", "17179869184G", "1.5K"}) {
    CHECK(!base::parse_size(bad));
  }
}

TEST(number, parse_duration) {
  CHECK(base::parse_duration("0") == 0ns);
  CHECK(base::parse_duration("10") == 10s);
  CHECK(base::parse_duration("10s") == 10s);
  CHECK(base::parse_duration("1.5s") == 1500ms);
  CHECK(base::parse_duration("250ms") == 250ms);
  CHECK(base::parse_duration("3m") == 180s);
  CHECK(base::parse_duration("2H") == 7200s);
  for (const char* bad : {"", "s", "ms", "5x", "-1s", "1 s", "1sm", "1h30m", "99999999999h"}) {
    CHECK(!base::parse_duration(bad));
  }
}

TEST(number, format) {
  CHECK_STR(base::format_size(0), "0");
  CHECK_STR(base::format_size(1023), "1023");
  CHECK_STR(base::format_size(16384), "16K");
  CHECK_STR(base::format_size(3ull << 30), "3G");
  CHECK_STR(base::format_duration(0ms), "0s");
  CHECK_STR(base::format_duration(1500ms), "1500ms");
  CHECK_STR(base::format_duration(90s), "90s");
  CHECK_STR(base::format_duration(120s), "2m");
  CHECK_STR(base::format_duration(7200s), "2h");
}

}  // namespace
