// SPDX-License-Identifier: MIT
// Between std::string and the library's views of bytes.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"

namespace base_test {

inline nghttp2::Bytes bytes_of(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

inline std::string text_of(nghttp2::Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace base_test
