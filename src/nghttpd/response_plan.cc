// SPDX-License-Identifier: MIT
// What to answer when a file has been found.
#include "nghttpd/response_plan.h"

#include "base/date.h"

namespace nghttpd {

namespace {

// RFC 9110 §13.2.2: the conditions in their order of precedence; 200 if all hold.
int check_conditions(bool is_read, const Conditions& request, const Validators& form,
                     std::time_t now) {
  if (request.if_match) {
    if (!lists_entity_tag(*request.if_match, form.entity_tag, true)) return 412;
  } else if (request.if_unmodified_since) {
    const auto date = base::parse_http_date(*request.if_unmodified_since, now);
    if (date && form.modified > *date) return 412;
  }
  if (request.if_none_match) {
    if (lists_entity_tag(*request.if_none_match, form.entity_tag, false)) {
      return is_read ? 304 : 412;
    }
  } else if (request.if_modified_since && is_read) {
    const auto date = base::parse_http_date(*request.if_modified_since, now);
    if (date && form.modified <= *date) return 304;
  }
  return 200;
}

// RFC 9110 §13.1.5: a range is only good for the version the client has a part of.
bool range_applies(const Conditions& request, const Validators& form, std::time_t now) {
  if (!request.if_range) return true;
  if (*request.if_range == form.entity_tag) return true;
  const auto date = base::parse_http_date(*request.if_range, now);
  return date && *date == form.modified;
}

}  // namespace

ResponsePlan plan_response(std::string_view method, const Conditions& request, std::uint64_t size,
                           const Validators& form, std::time_t now) {
  ResponsePlan plan;
  plan.status = check_conditions(method == "GET" || method == "HEAD", request, form, now);
  // RFC 9110 §14.2: ranges are defined for GET only.
  if (plan.status != 200 || method != "GET" || !request.range) return plan;
  if (!range_applies(request, form, now)) return plan;
  http::RangeRequest parsed = http::parse_range(*request.range, size);
  if (parsed.kind == http::RangeKind::unsatisfiable) {
    plan.status = 416;
  } else if (parsed.kind == http::RangeKind::satisfiable) {
    plan.status = 206;
    plan.ranges = std::move(parsed.ranges);
  }
  return plan;
}

}  // namespace nghttpd
