// SPDX-License-Identifier: MIT
// What to answer when a file has been found: conditions and ranges (RFC 9110 §13, §14).
#pragma once

#include <cstdint>
#include <ctime>
#include <string_view>
#include <vector>

#include "http/range.h"
#include "nghttpd/conditions.h"

namespace nghttpd {

struct ResponsePlan {
  // 200, 206, 304, 412 or 416.
  int status = 200;
  // The parts to send for 206: one, or several as multipart/byteranges.
  std::vector<http::ByteRange> ranges;
};

// What the selected form of a file is compared by.
struct Validators {
  std::string_view entity_tag;
  std::time_t modified = 0;
};

// Decides for a form of `size` octets. `now` bounds how recent a date a client may hold
// (RFC 9110 §13.1.3).
ResponsePlan plan_response(std::string_view method, const Conditions& request, std::uint64_t size,
                           const Validators& form, std::time_t now);

}  // namespace nghttpd
