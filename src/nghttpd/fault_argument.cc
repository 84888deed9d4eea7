// SPDX-License-Identifier: MIT
// Arguments of --fault.
#include "nghttpd/fault_argument.h"

#include <nghttp2/nghttp2.h>

#include "base/number.h"

namespace nghttpd::fault_argument {

std::string duration(std::string_view text, std::chrono::milliseconds& out) {
  const auto parsed = base::parse_duration(text);
  if (!parsed || *parsed > std::chrono::hours(24)) return "a duration of up to 24h, such as 500ms";
  out = std::chrono::duration_cast<std::chrono::milliseconds>(*parsed);
  return {};
}

std::string number(std::string_view text, std::uint64_t least, std::uint64_t most,
                   std::uint64_t& out) {
  const auto parsed = base::parse_unsigned(text);
  if (!parsed || *parsed < least || *parsed > most) {
    return "an integer in the range " + std::to_string(least) + " to " + std::to_string(most);
  }
  out = *parsed;
  return {};
}

std::string error_code(std::string_view text, std::uint32_t& out) {
  for (std::uint32_t code = NGHTTP2_NO_ERROR; code <= NGHTTP2_HTTP_1_1_REQUIRED; ++code) {
    if (text != nghttp2_http2_strerror(code)) continue;
    out = code;
    return {};
  }
  std::uint64_t parsed = 0;
  if (!number(text, 0, UINT32_MAX, parsed).empty()) {
    return "an error code, such as CANCEL or 8";
  }
  out = static_cast<std::uint32_t>(parsed);
  return {};
}

}  // namespace nghttpd::fault_argument
