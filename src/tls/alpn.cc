// SPDX-License-Identifier: MIT
// Names of protocols (RFC 7301).
#include "tls/alpn.h"

#include "base/args.h"

namespace tls {

namespace {

constexpr std::size_t kMaxNameOctets = 255;

}  // namespace

base::Result<std::vector<std::string>> parse_protocol_names(std::string_view text) {
  std::vector<std::string> names = base::args::split_commas(text);
  if (names.empty()) {
    return base::Error{"protocol names between commas, such as 'h2,http/1.1'"};
  }
  for (const std::string& name : names) {
    if (name.size() > kMaxNameOctets) {
      return base::Error{"protocol names of at most 255 characters"};
    }
  }
  return names;
}

}  // namespace tls
