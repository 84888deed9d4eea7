// SPDX-License-Identifier: MIT
// Vocabulary of HTTP/1.1 messages (RFC 9112): heads as the wire has them, limits, faults.
#pragma once

#include <cstddef>
#include <string>

#include "http/head.h"

namespace http1 {

enum class Version { http1_0, http1_1 };

enum class MessageKind {
  request,
  response,
  trailers  // the fields behind the last chunk, without a start line
};

// A head of any HTTP version, and what only HTTP/1.1 has. The field host has become the authority;
// a request target in absolute form has replaced it (RFC 9112 §3.2.2).
struct MessageHead {
  http::Head head;
  Version version = Version::http1_1;
  std::string phrase = {};  // of a response
};

// What a peer may send for a head or for trailers.
struct Limits {
  std::size_t max_start_line_bytes = 16 * 1024;
  std::size_t max_head_bytes = 64 * 1024;
  std::size_t max_fields = 256;
};

// Why a message is not accepted.
struct Fault {
  int status = 400;       // what a server answers with
  std::string text = {};  // for humans; what the peer sent is escaped
};

}  // namespace http1
