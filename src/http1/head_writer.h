// SPDX-License-Identifier: MIT
// Writes heads of HTTP/1.1 messages.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "http/head.h"

namespace http1 {

// How a request target is written (RFC 9112 §3.2); CONNECT and '*' have forms of their own.
enum class TargetForm {
  origin,   // path and query, for the server itself
  absolute  // the whole URI, for a proxy
};

// A head that holds an octet which would change the shape of the message is an error that names it,
// whatever its source. `extra` are fields of this connection, such as transfer-encoding.
base::Result<std::string> write_request_head(const http::Head& head,
                                             TargetForm form = TargetForm::origin,
                                             const http::Fields& extra = {});
base::Result<std::string> write_response_head(const http::Head& head,
                                              const http::Fields& extra = {});

// Field lines without the empty line at their end.
base::Result<std::string> write_fields(const http::Fields& fields);

}  // namespace http1
