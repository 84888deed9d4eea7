// SPDX-License-Identifier: MIT
// One request of nghttp: what is asked for, and what came of it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "base/url.h"

namespace nghttp {

struct Request {
  using Time = std::chrono::steady_clock::time_point;

  base::Url url;
  // The value of the priority field; empty for none.
  std::string priority;
  // Promised by the server instead of asked for.
  bool is_pushed = false;

  std::int64_t stream_id = -1;
  int status = 0;
  // Content as received, before decoding.
  std::uint64_t body_bytes = 0;
  Time started;
  Time ended;
  // Exactly one of these once the request is over.
  bool complete = false;
  bool failed = false;
};

}  // namespace nghttp
