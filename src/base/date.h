// SPDX-License-Identifier: MIT
// HTTP dates (RFC 9110 §5.6.7) and ISO 8601 time stamps.
#pragma once

#include <chrono>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>

namespace base {

// IMF-fixdate, e.g. "Sun, 06 Nov 1994 08:49:37 GMT". Seconds since the epoch outside the years
// 0-9999 give an empty string.
std::string format_http_date(std::time_t seconds);

// Accepts IMF-fixdate, the RFC 850 form and the asctime() form; all mean UTC. The week day must be
// a valid name, but need not match the date. Two-digit years more than 50 years after `now` mean
// the past century.
std::optional<std::time_t> parse_http_date(std::string_view text,
                                           std::time_t now = std::time(nullptr));

enum class Precision { milliseconds, microseconds };

// "2026-05-31T12:00:00.123Z" in UTC.
std::string format_iso8601(std::chrono::system_clock::time_point time,
                           Precision precision = Precision::milliseconds);

}  // namespace base
