// SPDX-License-Identifier: MIT
// Where a message ends, and what is left of the connection then (RFC 9112 §6, §9).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "http1/message.h"

namespace http1 {

struct Framing {
  enum class Kind {
    none,         // no content
    length,       // content-length octets, not 0
    chunked,      // chunks and trailers
    until_close,  // a response that ends with its connection
    tunnel        // no message any more (CONNECT, 101)
  };
  Kind kind = Kind::none;
  std::uint64_t length = 0;
};

// How the content of a message is delimited. What could be read in two ways is a fault: both
// content-length and transfer-encoding, either of them twice, transfer-encoding in HTTP/1.0, a
// transfer coding besides chunked, and a Connection field that names one of them.
std::optional<Fault> frame_request(const MessageHead& message, Framing& framing);
std::optional<Fault> frame_response(const MessageHead& message, std::string_view request_method,
                                    Framing& framing);

// Whether the connection may serve another exchange (RFC 9112 §9.3).
bool is_persistent(const MessageHead& message);

// Whether a list such as the value of Connection has this member, in any case.
bool list_has(std::string_view list, std::string_view member);
bool fields_have(const http::Fields& fields, std::string_view name, std::string_view member);

// Drops the fields that are about the connection instead of the message (RFC 9110 §7.6.1).
void remove_connection_fields(http::Fields& fields);

}  // namespace http1
