// SPDX-License-Identifier: MIT
// The little a load generator wants to know of the head of an HTTP/1.1 response.
#pragma once

#include <cstdint>
#include <string_view>

namespace h2load {

struct Http1ResponseHead {
  int status = 0;
  bool chunked = false;
  bool has_length = false;
  bool close = false;  // the connection ends with this response
  std::uint64_t length = 0;
};

// `text` is the whole head with the empty line at its end. False if it is none, or says in two ways
// where the content ends.
bool parse_response_head(std::string_view text, Http1ResponseHead& head);

// Octets up to and with the empty line; 0 if it has not come. The first `searched` octets are known
// to hold no end.
std::size_t find_head_end(std::string_view text, std::size_t searched);

}  // namespace h2load
