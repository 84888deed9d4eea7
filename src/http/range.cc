// SPDX-License-Identifier: MIT
// The Range field in bytes: parsing against the length of a representation.
#include "http/range.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.h"

namespace http {

namespace {

// Digits only; a number beyond 64 bits is a position past any end, so it saturates.
std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (stop != end || text.empty() || error == std::errc::invalid_argument) return std::nullopt;
  return error == std::errc::result_out_of_range ? UINT64_MAX : number;
}

// One range-spec (§14.1.1). False if it is malformed; a length of 0 means it lies outside.
bool parse_range_spec(std::string_view spec, std::uint64_t size, ByteRange& out) {
  const std::size_t dash = spec.find('-');
  if (dash == std::string_view::npos) return false;
  const std::string_view first_text = base::trim(spec.substr(0, dash));
  const std::string_view last_text = base::trim(spec.substr(dash + 1));
  out = ByteRange{};
  if (first_text.empty()) {
    const auto suffix = parse_number(last_text);
    if (!suffix) return false;
    out.length = std::min(*suffix, size);
    out.offset = size - out.length;
    return true;
  }
  const auto first = parse_number(first_text);
  const auto last = last_text.empty() ? std::optional(UINT64_MAX) : parse_number(last_text);
  if (!first || !last || *last < *first) return false;
  if (*first >= size) return true;
  out.offset = *first;
  out.length = std::min(*last, size - 1) - *first + 1;
  return true;
}

bool overlap(std::vector<ByteRange> ranges) {
  std::sort(ranges.begin(), ranges.end(),
            [](const ByteRange& a, const ByteRange& b) { return a.offset < b.offset; });
  for (std::size_t i = 1; i < ranges.size(); ++i) {
    if (ranges[i].offset < ranges[i - 1].offset + ranges[i - 1].length) return true;
  }
  return false;
}

}  // namespace

RangeRequest parse_range(std::string_view value, std::uint64_t size) {
  RangeRequest request;
  value = base::trim(value);
  const std::size_t equals = value.find('=');
  if (equals == std::string_view::npos) return request;
  if (!base::equal_ignoring_case(base::trim(value.substr(0, equals)), "bytes")) return request;

  std::string_view list = value.substr(equals + 1);
  std::size_t count = 0;
  while (true) {
    const std::size_t comma = list.find(',');
    const std::string_view spec = base::trim(list.substr(0, comma));
    if (!spec.empty()) {
      ByteRange range;
      if (++count > kMaxRanges || !parse_range_spec(spec, size, range)) return RangeRequest{};
      if (range.length > 0) request.ranges.push_back(range);
    }
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  if (count == 0 || overlap(request.ranges)) return RangeRequest{};
  request.kind = request.ranges.empty() ? RangeKind::unsatisfiable : RangeKind::satisfiable;
  return request;
}

}  // namespace http
