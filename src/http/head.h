// SPDX-License-Identifier: MIT
// The head of a message: control data and fields (RFC 9110 §6.2, §6.3), free of any HTTP version.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/fields.h"

namespace http {

// A request when `status` is 0, a response otherwise.
struct Head {
  std::string method;
  std::string scheme;
  std::string authority;
  // The path with its query, "*" for OPTIONS on the server as a whole, empty for plain CONNECT.
  std::string path;
  // The protocol an extended CONNECT asks for (RFC 8441 §4), otherwise empty.
  std::string protocol;
  int status = 0;
  Fields fields;

  bool is_request() const { return status == 0; }
  // An interim response: another head follows (RFC 9110 §15.2). 101 never occurs in HTTP/2.
  bool is_informational() const { return status >= 100 && status < 200; }
  // The body of both directions is a tunnel instead of content (RFC 9110 §9.3.6).
  bool is_tunnel_request() const { return is_request() && method == "CONNECT"; }
};

// A head that many messages share, and that never changes.
using SharedHead = std::shared_ptr<const Head>;

// A request head with the four parts every request has.
Head request_head(std::string_view method, std::string_view scheme, std::string_view authority,
                  std::string_view path);

// A final or interim response head.
Head response_head(int status);

// The value of content-length, if there is exactly one valid value (RFC 9110 §8.6).
std::optional<std::uint64_t> content_length(const Fields& fields);

// True if a response to a request with this method and with this status never has content
// (RFC 9110 §6.4.1).
bool response_has_no_content(std::string_view request_method, int status);

}  // namespace http
