// SPDX-License-Identifier: MIT
// The head of a message: construction and the questions RFC 9110 asks of it.
#include "http/head.h"

#include <charconv>

namespace http {

Head request_head(std::string_view method, std::string_view scheme, std::string_view authority,
                  std::string_view path) {
  Head head;
  head.method = method;
  head.scheme = scheme;
  head.authority = authority;
  head.path = path;
  return head;
}

Head response_head(int status) {
  Head head;
  head.status = status;
  return head;
}

std::optional<std::uint64_t> content_length(const Fields& fields) {
  std::optional<std::uint64_t> length;
  for (const Field& field : fields) {
    if (field.name != "content-length") continue;
    std::uint64_t number = 0;
    const char* end = field.value.data() + field.value.size();
    const auto [stop, error] = std::from_chars(field.value.data(), end, number);
    if (error != std::errc() || stop != end) return std::nullopt;
    if (length && *length != number) return std::nullopt;
    length = number;
  }
  return length;
}

bool response_has_no_content(std::string_view request_method, int status) {
  return request_method == "HEAD" || status == 204 || status == 304 ||
         (status >= 100 && status < 200);
}

}  // namespace http
