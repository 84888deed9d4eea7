// SPDX-License-Identifier: MIT
// What to answer when a file has been found.
#include "nghttpd/response_plan.h"

#include "base/date.h"

namespace nghttpd {

namespace {

bool is_unmodified(const http::Fields& request, std::time_t modified, std::time_t now) {
  // An entity tag condition takes precedence, and files have no entity tags here.
  if (request.has("if-none-match")) return false;
  const http::Field* field = request.find("if-modified-since");
  if (field == nullptr) return false;
  const auto date = base::parse_http_date(field->value, now);
  return date && modified <= *date;
}

// RFC 9110 §13.1.5: a range is only good for the version the client has a part of.
bool range_applies(const http::Fields& request, std::time_t modified, std::time_t now) {
  const http::Field* field = request.find("if-range");
  if (field == nullptr) return true;
  const auto date = base::parse_http_date(field->value, now);
  return date && *date == modified;
}

}  // namespace

ResponsePlan plan_response(std::string_view method, const http::Fields& request, std::uint64_t size,
                           std::time_t modified, std::time_t now) {
  ResponsePlan plan;
  if ((method == "GET" || method == "HEAD") && is_unmodified(request, modified, now)) {
    plan.status = 304;
    return plan;
  }
  const http::Field* range = request.find("range");
  // RFC 9110 §14.2: ranges are defined for GET only.
  if (method != "GET" || range == nullptr || !range_applies(request, modified, now)) return plan;
  http::RangeRequest parsed = http::parse_range(range->value, size);
  if (parsed.kind == http::RangeKind::unsatisfiable) {
    plan.status = 416;
  } else if (parsed.kind == http::RangeKind::satisfiable) {
    plan.status = 206;
    plan.ranges = std::move(parsed.ranges);
  }
  return plan;
}

}  // namespace nghttpd
