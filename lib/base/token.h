// SPDX-License-Identifier: MIT
// The field names that the library knows by heart, as numbers.
#pragma once

#include <cstdint>

namespace nghttp2 {

// The distinct names of the HPACK static table (RFC 7541 Appendix A) in the order of the table,
// then further names with rules of their own in HTTP/2. Pseudo-fields are named without the colon.
enum class Token : uint8_t {
  authority,
  method,
  path,
  scheme,
  status,
  accept_charset,
  accept_encoding,
  accept_language,
  accept_ranges,
  accept,
  access_control_allow_origin,
  age,
  allow,
  authorization,
  cache_control,
  content_disposition,
  content_encoding,
  content_language,
  content_length,
  content_location,
  content_range,
  content_type,
  cookie,
  date,
  etag,
  expect,
  expires,
  from,
  host,
  if_match,
  if_modified_since,
  if_none_match,
  if_range,
  if_unmodified_since,
  last_modified,
  link,
  location,
  max_forwards,
  proxy_authenticate,
  proxy_authorization,
  range,
  referer,
  refresh,
  retry_after,
  server,
  set_cookie,
  strict_transport_security,
  transfer_encoding,
  user_agent,
  vary,
  via,
  www_authenticate,
  // Not in the static table.
  te,
  connection,
  keep_alive,
  proxy_connection,
  upgrade,
  priority,
  protocol,  // the pseudo-field :protocol of RFC 8441
  http2_settings,
  none,  // any other name
};

inline constexpr unsigned kStaticTokenCount = 52;
static_assert(unsigned(Token::www_authenticate) + 1 == kStaticTokenCount);

}  // namespace nghttp2
