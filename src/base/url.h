// SPDX-License-Identifier: MIT
// http and https URIs: parsing, validation and reference resolution (RFC 3986, RFC 9110 §4.2).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace base {

// Longest accepted URI or reference, in bytes.
inline constexpr size_t kMaxUrlLength = 64 * 1024;

// An absolute http or https URI in parts. Percent-encoding in the parts is kept as written.
struct Url {
  std::string scheme;                   // "http" or "https", lower-case
  std::optional<std::string> userinfo;  // without "@"
  std::string host;                     // lower-case; an IPv6 literal without brackets
  bool host_is_ipv6 = false;
  uint16_t port = 0;                    // as given, else the scheme's default
  bool has_port = false;                // the URI names a port
  std::string path = "/";               // starts with "/"
  std::optional<std::string> query;     // without "?"
  std::optional<std::string> fragment;  // without "#"

  // host[:port], brackets around IPv6; the port is left out when it is the scheme's default. This
  // is the value of :authority and Host.
  std::string authority() const;
  // path[?query]: the value of :path and of the origin-form request target.
  std::string request_target() const;
  // scheme://host:port with the port always written; equal strings mean same origin (RFC 6454).
  std::string origin() const;
  // The whole URI.
  std::string to_string() const;
};

// 80 for http, 443 for https, 0 for others.
uint16_t default_port(std::string_view scheme);

// Parses an absolute URI. Characters that RFC 3986 does not allow are errors that say which byte at
// which offset; spaces and non-ASCII bytes must have been percent-encoded (see escape_uri()).
Result<Url> parse_url(std::string_view text);

// Resolves a reference against a base (RFC 3986 §5.2), including dot segments. The result must be
// http or https; other schemes (mailto:, data:) are an error.
Result<Url> resolve_url(const Url& base, std::string_view reference);

// Splits "host", "host:port", "[v6]" or "[v6]:port". The port is 0 when there is none.
struct HostPort {
  std::string host;  // without brackets, lower-case
  uint16_t port = 0;
};
Result<HostPort> parse_authority(std::string_view text);

// RFC 3986 §5.2.4 on a path: "/a/./b/../c" becomes "/a/c"; it never climbs above the root.
std::string remove_dot_segments(std::string_view path);

// Replaces %XX by its byte; an incomplete or non-hexadecimal escape is an error.
Result<std::string> percent_decode(std::string_view text);

// Percent-encodes every byte that is not unreserved (RFC 3986 §2.3) nor in `keep`.
std::string percent_encode(std::string_view text, std::string_view keep = "");

// Percent-encodes only bytes that no URI may contain (spaces, controls, non-ASCII, "<>\^`{|} and a
// '%' without two digits), as browsers do for links found in documents.
std::string escape_uri(std::string_view text);

}  // namespace base
