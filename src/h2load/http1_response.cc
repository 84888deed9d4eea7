// SPDX-License-Identifier: MIT
// The little a load generator wants to know of the head of an HTTP/1.1 response.
#include "h2load/http1_response.h"

#include <cstring>

#include "base/number.h"
#include "base/text.h"
#include "http1/framing.h"

namespace h2load {

namespace {

// RFC 9112 §4: "HTTP/1.1 200 OK". The phrase is for humans.
bool parse_status_line(std::string_view line, Http1ResponseHead& head) {
  if (line.size() < 12 || !line.starts_with("HTTP/1.") || line[8] != ' ') return false;
  if (line[7] != '0' && line[7] != '1') return false;
  for (int i = 9; i < 12; ++i) {
    if (!base::is_digit(line[i])) return false;
    head.status = head.status * 10 + (line[i] - '0');
  }
  head.close = line[7] == '0';
  return head.status >= 100 && (line.size() == 12 || line[12] == ' ');
}

bool take_length(std::string_view value, Http1ResponseHead& head) {
  const auto length = base::parse_unsigned(value);
  if (!length || (head.has_length && head.length != *length)) return false;
  head.has_length = true;
  head.length = *length;
  return true;
}

// Names are compared only where their length fits: most fields are of no interest here.
bool take_field(std::string_view name, std::string_view value, Http1ResponseHead& head) {
  switch (name.size()) {
    case 10:
      if (!base::equal_ignoring_case(name, "connection")) return true;
      if (http1::list_has(value, "close")) head.close = true;
      if (http1::list_has(value, "keep-alive")) head.close = false;
      return true;
    case 14: return !base::equal_ignoring_case(name, "content-length") || take_length(value, head);
    case 17:
      if (!base::equal_ignoring_case(name, "transfer-encoding")) return true;
      head.chunked = base::equal_ignoring_case(value, "chunked");
      return head.chunked;
    default: return true;
  }
}

}  // namespace

bool parse_response_head(std::string_view text, Http1ResponseHead& head) {
  std::size_t end = text.find("\r\n");
  if (end == std::string_view::npos || !parse_status_line(text.substr(0, end), head)) return false;
  text.remove_prefix(end + 2);
  while (!text.starts_with("\r\n")) {
    end = text.find("\r\n");
    if (end == std::string_view::npos) return false;
    const std::string_view line = text.substr(0, end);
    const auto* const colon = static_cast<const char*>(std::memchr(line.data(), ':', line.size()));
    if (!colon || colon == line.data() || line.front() == ' ' || line.front() == '\t') return false;
    const auto name_length = static_cast<std::size_t>(colon - line.data());
    if (!take_field(line.substr(0, name_length), base::trim(line.substr(name_length + 1)), head)) {
      return false;
    }
    text.remove_prefix(end + 2);
  }
  return !(head.chunked && head.has_length);
}

std::size_t find_head_end(std::string_view text, std::size_t searched) {
  // The end may have begun in what has been searched.
  const std::size_t from = searched < 3 ? 0 : searched - 3;
  const auto* const found =
      static_cast<const char*>(::memmem(text.data() + from, text.size() - from, "\r\n\r\n", 4));
  return found ? static_cast<std::size_t>(found - text.data()) + 4 : 0;
}

}  // namespace h2load
