// SPDX-License-Identifier: MIT
// The table of nghttp -s.
#include "nghttp/statistics.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <map>

namespace nghttp {

namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;

constexpr char kColumns[] =
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
    "\n";

constexpr char kTableHead[] =
    "sorted by 'complete'\n"
    "\n"
    "id  responseEnd requestStart  process code size request path\n";

// What a page came to, together with what it refers to.
struct Page {
  const Request* page = nullptr;
  std::size_t responses = 0;
  std::size_t failures = 0;
  std::uint64_t bytes = 0;
  Request::Time ended;

  void add(const Request& request) {
    ++(request.complete ? responses : failures);
    bytes += request.body_bytes;
    ended = std::max(ended, request.ended);
  }
};

std::string since(Request::Time connected, Request::Time time) {
  return "+" +
         format_elapsed(std::max(duration_cast<microseconds>(time - connected), microseconds(0)));
}

}  // namespace

std::string format_pages(const std::vector<const Request*>& requests, Request::Time connected) {
  std::map<std::size_t, Page> pages;
  for (const Request* request : requests) {
    if (!request->asset) continue;
    Page& page = pages[request->page];
    if (page.page == nullptr) {
      page.page = requests[request->page];
      page.add(*page.page);
    }
    page.add(*request);
  }
  std::string out;
  for (const auto& [index, page] : pages) {
    out += "Page with its assets: " + since(connected, page.ended) + ", " +
           std::to_string(page.responses) + " responses, " + format_bytes(page.bytes);
    if (page.failures > 0) out += ", " + std::to_string(page.failures) + " failed";
    out += ": " + page.page->url.request_target() + "\n";
  }
  return out.empty() ? out : out + "\n";
}

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
  std::string out = kColumns + format_pages(requests, connected) + kTableHead;
  for (const Request* row : rows) {
    char line[128];
    std::snprintf(line, sizeof(line), "%3" PRId64 " %11s %c%11s %8s %4d %4s ", row->stream_id,
                  since(connected, row->ended).c_str(), row->is_pushed ? '*' : ' ',
                  since(connected, row->started).c_str(),
                  format_elapsed(duration_cast<microseconds>(row->ended - row->started)).c_str(),
                  row->status, format_bytes(row->body_bytes).c_str());
    out += line + row->url.request_target() + "\n";
  }
  return out;
}

}  // namespace nghttp
