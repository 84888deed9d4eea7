// SPDX-License-Identifier: MIT
// The table of nghttp -s.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "nghttp/request.h"

namespace nghttp {

// "466us", "1.04ms" or "2.50s".
std::string format_elapsed(std::chrono::microseconds elapsed);

// "304", "292K", "12M" or "1G", rounded down.
std::string format_bytes(std::uint64_t bytes);

// A line for every page that assets were fetched for: when all of it was there. Indices of pages
// are those of the list.
std::string format_pages(const std::vector<const Request*>& requests, Request::Time connected);

// The table of all complete requests of a connection that was ready at `connected`.
std::string format_statistics(const std::vector<const Request*>& requests, Request::Time connected);

}  // namespace nghttp
