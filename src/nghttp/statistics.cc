// SPDX-License-Identifier: MIT
// The table of nghttp -s.
#include "nghttp/statistics.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>

namespace nghttp {

namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;

constexpr char kLegend[] =
    "***** Statistics *****\n"
    "\n"
    "Columns:\n"
    "  responseEnd: when the last byte of the response had arrived, counted\n"
    "               from the moment the connection was ready\n"
    " requestStart: when the request was handed over for sending, counted\n"
    "               likewise; '*' marks what the server has pushed\n"
    "      process: from requestStart to responseEnd\n"
    "         code: status code\n"
    "         size: bytes of content as received, that is before decoding\n"
    " request path: path and query of the URI\n"
    "\n"
    "sorted by 'complete'\n"
    "\n"
    "id  responseEnd requestStart  process code size request path\n";

}  // namespace

std::string format_elapsed(microseconds elapsed) {
  const std::int64_t count = elapsed.count();
  char text[48];
  if (count < 1000) {
    std::snprintf(text, sizeof(text), "%" PRId64 "us", count);
  } else if (count < 1000000) {
    std::snprintf(text, sizeof(text), "%.2fms", static_cast<double>(count) / 1e3);
  } else {
    std::snprintf(text, sizeof(text), "%.2fs", static_cast<double>(count) / 1e6);
  }
  return text;
}

std::string format_bytes(std::uint64_t bytes) {
  constexpr std::uint64_t kUnit = 1024;
  if (bytes >= kUnit * kUnit * kUnit) return std::to_string(bytes / (kUnit * kUnit * kUnit)) + "G";
  if (bytes >= kUnit * kUnit) return std::to_string(bytes / (kUnit * kUnit)) + "M";
  if (bytes >= kUnit) return std::to_string(bytes / kUnit) + "K";
  return std::to_string(bytes);
}

std::string format_statistics(const std::vector<const Request*>& requests,
                              Request::Time connected) {
  std::vector<const Request*> rows;
  std::copy_if(requests.begin(), requests.end(), std::back_inserter(rows),
               [](const Request* request) { return request->complete; });
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Request* a, const Request* b) { return a->ended < b->ended; });
  std::string out = kLegend;
  for (const Request* row : rows) {
    const auto since = [connected](Request::Time time) {
      return "+" + format_elapsed(
                       std::max(duration_cast<microseconds>(time - connected), microseconds(0)));
    };
    char line[128];
    std::snprintf(line, sizeof(line), "%3" PRId64 " %11s %c%11s %8s %4d %4s ", row->stream_id,
                  since(row->ended).c_str(), row->is_pushed ? '*' : ' ',
                  since(row->started).c_str(),
                  format_elapsed(duration_cast<microseconds>(row->ended - row->started)).c_str(),
                  row->status, format_bytes(row->body_bytes).c_str());
    out += line + row->url.request_target() + "\n";
  }
  return out;
}

}  // namespace nghttp
