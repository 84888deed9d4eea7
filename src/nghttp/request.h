// SPDX-License-Identifier: MIT
// One request of nghttp: what is asked for, and what came of it.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/url.h"
#include "http/head.h"
#include "http/reason.h"
#include "nghttp/asset.h"

namespace nghttp {

// What only reports about a run need.
struct RequestRecord {
  using Time = std::chrono::steady_clock::time_point;

  http::Head request;
  // The final one; its status is 0 when there was none.
  http::Head response;
  std::optional<std::uint64_t> sent_bytes;  // of content, once known
  std::uint64_t content_bytes = 0;          // received, after decoding
  // The request that a pushed response came with.
  std::int64_t parent_id = -1;
  Time sent;       // the end of the request
  Time responded;  // the final head
  std::string failure;
};

struct Request {
  using Time = std::chrono::steady_clock::time_point;

  base::Url url;
  // The value of the priority field; empty for none.
  std::string priority;
  // Of RFC 7540.
  std::int32_t weight = 16;
  // What it is to its page, if it was found there and not on the command line.
  std::optional<AssetKind> asset;
  // The index of that page among the requests of the connection.
  std::size_t page = 0;
  // Where the content is saved; empty for standard output.
  std::string file;
  // Promised by the server instead of asked for.
  bool is_pushed = false;

  std::int64_t stream_id = -1;
  int status = 0;
  // Content as received, before decoding.
  std::uint64_t body_bytes = 0;
  Time started;
  Time ended;
  // nullptr unless somebody wants it.
  std::shared_ptr<RequestRecord> record;
  // Exactly one of these once the request is over.
  bool complete = false;
  bool failed = false;
  // What kind of failure.
  http::ReasonKind failure = http::ReasonKind::protocol;
};

}  // namespace nghttp
