// SPDX-License-Identifier: MIT
// base/date: the three HTTP date formats and ISO 8601.
#include "base/date.h"

#include <cstdint>

#include "support/check.h"

namespace {

constexpr std::time_t kExample = 784111777;  // RFC 9110's own example
constexpr std::time_t kNow = 1780000000;     // in 2026

int64_t parsed(const char* text) {
  return base::parse_http_date(text, kNow).value_or(-1);
}

TEST(date, format) {
  CHECK_STR(base::format_http_date(kExample), "Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK_STR(base::format_http_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
  CHECK_STR(base::format_http_date(951782400), "Tue, 29 Feb 2000 00:00:00 GMT");
  CHECK_STR(base::format_http_date(INT64_MAX), "");
}

TEST(date, parse_all_three_forms) {
  CHECK_EQ(parsed("Sun, 06 Nov 1994 08:49:37 GMT"), kExample);
  CHECK_EQ(parsed("Sunday, 06-Nov-94 08:49:37 GMT"), kExample);
  CHECK_EQ(parsed("Sun Nov  6 08:49:37 1994"), kExample);
  CHECK_EQ(parsed("Wed Nov 16 08:49:37 1994"), kExample + 864000);
}

TEST(date, two_digit_years) {
  // Up to 50 years ahead stays in this century.
  CHECK_EQ(parsed("Friday, 01-Jan-76 00:00:00 GMT"), 3345062400);
  CHECK_EQ(parsed("Saturday, 01-Jan-77 00:00:00 GMT"), 220924800);
}

TEST(date, round_trip) {
  for (std::time_t time = 0; time < 5000000000; time += 86400 * 13 + 3607) {
    CHECK_EQ(parsed(base::format_http_date(time).c_str()), time);
  }
}

TEST(date, leap) {
  CHECK_EQ(parsed("Tue, 29 Feb 2000 00:00:00 GMT"), 951782400);
  CHECK_EQ(parsed("Sat, 31 Dec 2016 23:59:60 GMT"), 1483228800);
}

TEST(date, errors) {
  for (const char* bad : {"", "Sun", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC",
                          "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
                          "sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
                          "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT",
                          "Sun, 31 Nov 1994 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
                          "Mon, 29 Feb 2001 00:00:00 GMT", "Sun, 06 Nov 1994 08:49:37 GMT ",
                          "Sun, 06-Nov-94 08:49:37 GMT", "Sun Nov 6 08:49:37 1994",
                          "Sun, +6 Nov 1994 08:49:37 GMT"}) {
    CHECK_EQ(parsed(bad), -1);
  }
}

TEST(date, iso8601) {
  using namespace std::chrono_literals;
  const std::chrono::system_clock::time_point time{784111777s + 42ms};
  CHECK_STR(base::format_iso8601(time), "1994-11-06T08:49:37.042Z");
}

}  // namespace
