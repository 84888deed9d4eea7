// SPDX-License-Identifier: MIT
// The head of a request from the URI, the defaults and what -H says.
#pragma once

#include <cstdint>
#include <optional>

#include "http/head.h"
#include "nghttp/config.h"
#include "nghttp/request.h"

namespace nghttp {

// `upload_bytes` is the length of the content, if there is any.
http::Head make_request_head(const Config& config, const Request& request,
                             std::optional<std::uint64_t> upload_bytes);

}  // namespace nghttp
