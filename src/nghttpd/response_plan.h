// SPDX-License-Identifier: MIT
// What to answer when a file has been found: conditions and ranges (RFC 9110 §13, §14).
#pragma once

#include <cstdint>
#include <ctime>
#include <string_view>
#include <vector>

#include "http/fields.h"
#include "http/range.h"

namespace nghttpd {

struct ResponsePlan {
  // 200, 206, 304 or 416.
  int status = 200;
  // The parts to send for 206: one, or several as multipart/byteranges.
  std::vector<http::ByteRange> ranges;
};

// Decides for a file of `size` octets, last modified at `modified`. `now` bounds how recent a date
// a client may hold (RFC 9110 §13.1.3).
ResponsePlan plan_response(std::string_view method, const http::Fields& request, std::uint64_t size,
                           std::time_t modified, std::time_t now);

}  // namespace nghttpd
