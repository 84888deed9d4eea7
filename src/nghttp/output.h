// SPDX-License-Identifier: MIT
// Standard output for content and traces, which keep their order.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "http/stream.h"

namespace nghttp {

class Output {
 public:
  Output();

  void write(http::Bytes bytes);
  void write(std::string_view text);

  // Flushes; the first failure since the beginning, or an empty text.
  const std::string& error();

  bool has_failed() const { return !error_.empty(); }

 private:
  std::string error_;
};

}  // namespace nghttp
