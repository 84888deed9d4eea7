// SPDX-License-Identifier: MIT
// Tests of byte ranges against RFC 9110 §14.
#include "http/range.h"

#include <string>

#include "support/check.h"

namespace {

// "none", "unsatisfiable", or the ranges as "offset+length ...".
std::string parsed(std::string_view value, std::uint64_t size) {
  const http::RangeRequest request = http::parse_range(value, size);
  if (request.kind == http::RangeKind::none) return "none";
  if (request.kind == http::RangeKind::unsatisfiable) return "unsatisfiable";
  std::string out;
  for (const http::ByteRange& range : request.ranges) {
    if (!out.empty()) out += ' ';
    out += std::to_string(range.offset) + "+" + std::to_string(range.length);
  }
  return out;
}

}  // namespace

TEST(src_http_range, single_ranges) {
  CHECK_STR(parsed("bytes=0-0", 10), "0+1");
  CHECK_STR(parsed("bytes=2-5", 10), "2+4");
  CHECK_STR(parsed("bytes=7-", 10), "7+3");
  CHECK_STR(parsed("bytes=5-999", 10), "5+5");
  CHECK_STR(parsed("bytes=-3", 10), "7+3");
  CHECK_STR(parsed("bytes=-99", 10), "0+10");
  CHECK_STR(parsed("BYTES = 1-2", 10), "1+2");
  CHECK_STR(parsed("bytes=1-99999999999999999999", 10), "1+9");
}

TEST(src_http_range, ranges_outside_are_unsatisfiable) {
  CHECK_STR(parsed("bytes=10-", 10), "unsatisfiable");
  CHECK_STR(parsed("bytes=-0", 10), "unsatisfiable");
  CHECK_STR(parsed("bytes=0-", 0), "unsatisfiable");
  CHECK_STR(parsed("bytes=99999999999999999999-", 10), "unsatisfiable");
}

TEST(src_http_range, several_ranges) {
  CHECK_STR(parsed("bytes=0-1,4-5", 10), "0+2 4+2");
  CHECK_STR(parsed("bytes= 8- , ,0-1", 10), "8+2 0+2");
  CHECK_STR(parsed("bytes=0-1,20-30", 10), "0+2");
}

TEST(src_http_range, malformed_values_are_ignored) {
  for (const char* value : {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-2", "lines=1-2",
                            "bytes=1", "bytes=1-2-3", "bytes=+1-2", "bytes=1-2;3-4"}) {
    CHECK_STR(parsed(value, 10), "none");
  }
}

TEST(src_http_range, costly_requests_are_ignored) {
  CHECK_STR(parsed("bytes=0-5,3-9", 10), "none");
  CHECK_STR(parsed("bytes=0-,0-", 10), "none");
  std::string many = "bytes=0-0";
  for (std::size_t i = 1; i <= http::kMaxRanges; ++i) {
    many += "," + std::to_string(2 * i) + "-" + std::to_string(2 * i);
  }
  CHECK_STR(parsed(many, 1000), "none");
}
