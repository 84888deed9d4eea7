// SPDX-License-Identifier: MIT
// HTTP dates (RFC 9110 §5.6.7) and ISO 8601 time stamps.
#include "base/date.h"

#include <cstdio>

#include "base/text.h"

namespace base {

namespace {

constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr const char* kLongDays[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                     "Thursday", "Friday", "Saturday"};
constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// Takes fixed pieces off the front; after the first mismatch everything fails.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool literal(std::string_view expected) {
    if (!rest_.starts_with(expected)) return false;
    rest_.remove_prefix(expected.size());
    return true;
  }

  // The index of the name at the front.
  template <size_t N>
  bool name(const char* const (&names)[N], int& index) {
    for (size_t i = 0; i < N; ++i) {
      if (literal(names[i])) {
        index = static_cast<int>(i);
        return true;
      }
    }
    return false;
  }

  // Exactly `digits` digits.
  bool number(size_t digits, int& value) {
    if (rest_.size() < digits) return false;
    value = 0;
    for (size_t i = 0; i < digits; ++i) {
      if (!is_digit(rest_[i])) return false;
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(digits);
    return true;
  }

  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

struct Parts {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
};

bool scan_time(Scanner& in, Parts& parts) {
  return in.number(2, parts.hour) && in.literal(":") && in.number(2, parts.minute) &&
         in.literal(":") && in.number(2, parts.second);
}

// "Sun, 06 Nov 1994 08:49:37 GMT"
bool scan_imf_fixdate(Scanner in, Parts& parts) {
  int day = 0;
  return in.name(kDays, day) && in.literal(", ") && in.number(2, parts.day) && in.literal(" ") &&
         in.name(kMonths, parts.month) && in.literal(" ") && in.number(4, parts.year) &&
         in.literal(" ") && scan_time(in, parts) && in.literal(" GMT") && in.at_end();
}

// "Sunday, 06-Nov-94 08:49:37 GMT"
bool scan_rfc850_date(Scanner in, Parts& parts, int this_year) {
  int day = 0;
  const bool matches = in.name(kLongDays, day) && in.literal(", ") && in.number(2, parts.day) &&
                       in.literal("-") && in.name(kMonths, parts.month) && in.literal("-") &&
                       in.number(2, parts.year) && in.literal(" ") && scan_time(in, parts) &&
                       in.literal(" GMT") && in.at_end();
  if (!matches) return false;
  parts.year += this_year / 100 * 100;
  if (parts.year > this_year + 50) parts.year -= 100;
  return true;
}

// "Sun Nov  6 08:49:37 1994"
bool scan_asctime_date(Scanner in, Parts& parts) {
  int day = 0;
  return in.name(kDays, day) && in.literal(" ") && in.name(kMonths, parts.month) &&
         in.literal(" ") && (in.literal(" ") ? in.number(1, parts.day) : in.number(2, parts.day)) &&
         in.literal(" ") && scan_time(in, parts) && in.literal(" ") && in.number(4, parts.year) &&
         in.at_end();
}

std::optional<std::time_t> to_seconds(const Parts& parts) {
  namespace chrono = std::chrono;
  const chrono::year_month_day date{chrono::year(parts.year),
                                    chrono::month(static_cast<unsigned>(parts.month + 1)),
                                    chrono::day(static_cast<unsigned>(parts.day))};
  // Second 60 is a leap second (RFC 9110 §5.6.7), counted as the next minute's start.
  if (!date.ok() || parts.hour > 23 || parts.minute > 59 || parts.second > 60) return std::nullopt;
  const auto days = chrono::sys_days(date).time_since_epoch();
  return static_cast<std::time_t>(days.count()) * 86400 + parts.hour * 3600 + parts.minute * 60 +
         parts.second;
}

bool to_parts(std::time_t seconds, std::tm& parts) {
  return gmtime_r(&seconds, &parts) && parts.tm_year >= -1900 && parts.tm_year <= 9999 - 1900;
}

}  // namespace

std::string format_http_date(std::time_t seconds) {
  std::tm parts{};
  if (!to_parts(seconds, parts)) return {};
  char text[64];
  std::snprintf(text, sizeof(text), "%s, %02d %s %04d %02d:%02d:%02d GMT", kDays[parts.tm_wday],
                parts.tm_mday, kMonths[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour,
                parts.tm_min, parts.tm_sec);
  return text;
}

std::optional<std::time_t> parse_http_date(std::string_view text, std::time_t now) {
  std::tm today{};
  if (!to_parts(now, today)) return std::nullopt;
  Parts parts;
  const Scanner in(text);
  if (!scan_imf_fixdate(in, parts) && !scan_rfc850_date(in, parts, today.tm_year + 1900) &&
      !scan_asctime_date(in, parts)) {
    return std::nullopt;
  }
  return to_seconds(parts);
}

std::string format_iso8601(std::chrono::system_clock::time_point time, Precision precision) {
  namespace chrono = std::chrono;
  const auto seconds = chrono::floor<chrono::seconds>(time);
  std::tm parts{};
  if (!to_parts(seconds.time_since_epoch().count(), parts)) return {};
  const auto fraction = chrono::floor<chrono::microseconds>(time - seconds).count();
  const bool is_fine = precision == Precision::microseconds;
  char text[64];
  std::snprintf(text, sizeof(text), "%04d-%02d-%02dT%02d:%02d:%02d.%0*dZ", parts.tm_year + 1900,
                parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                is_fine ? 6 : 3, static_cast<int>(is_fine ? fraction : fraction / 1000));
  return text;
}

}  // namespace base
