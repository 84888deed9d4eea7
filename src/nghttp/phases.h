// SPDX-License-Identifier: MIT
// The time of a request, cut into what it was spent on.
#pragma once

#include <chrono>

#include "nghttp/journal.h"

namespace nghttp {

struct Phases {
  using Span = std::chrono::nanoseconds;

  Request::Time begin;
  // What came before the connection was ready counts for its first request alone.
  Span resolve{0};
  Span connect{0};  // the TLS handshake not included
  Span secure{0};
  Span blocked{0};  // the connection was there, but nothing was sent
  Span send{0};
  Span wait{0};
  Span receive{0};

  Span total() const { return resolve + connect + secure + blocked + send + wait + receive; }
};

// `is_first` says whether the request is the one that the connection was made for.
Phases phases_of(const ConnectionRecord& connection, const Request& request, bool is_first);

// What it was that failed the request; empty if it was answered.
std::string failure_of(const ConnectionRecord& connection, const Request& request);

}  // namespace nghttp
