// SPDX-License-Identifier: MIT
// Where a message ends, and what is left of the connection then.
#include "http1/framing.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>
#include <vector>

#include "base/text.h"

namespace http1 {

namespace {

// About the connection even if the Connection field does not say so.
constexpr std::string_view kConnectionFields[] = {
    "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "te"};

// A Connection field that names one of these wants it to get lost on the way.
constexpr std::string_view kKeptFields[] = {"content-length", "host", "authorization", "cookie",
                                            "content-type"};

std::optional<std::uint64_t> parse_length(std::string_view text) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (text.empty() || error != std::errc() || stop != end || number > kMost) return std::nullopt;
  return number;
}

// What both kinds of messages have in common; `is_chunked` and `length` tell what is stated.
std::optional<Fault> read_statements(const MessageHead& message, bool& is_chunked,
                                     std::optional<std::uint64_t>& length) {
  for (const http::Field& field : message.head.fields) {
    if (field.name == "content-length") {
      if (length) return Fault{400, "more than one content-length"};
      length = parse_length(field.value);
      if (!length) return Fault{400, "bad content-length: " + base::quote(field.value, 64)};
    } else if (field.name == "transfer-encoding") {
      if (is_chunked) return Fault{400, "more than one transfer-encoding"};
      if (!base::equal_ignoring_case(field.value, "chunked")) {
        return Fault{501, "unknown transfer-encoding: " + base::quote(field.value, 64)};
      }
      is_chunked = true;
    } else if (field.name == "connection") {
      for (const std::string_view kept : kKeptFields) {
        if (!list_has(field.value, kept)) continue;
        return Fault{400, "the Connection field must not name " + std::string(kept)};
      }
    }
  }
  if (is_chunked && length) return Fault{400, "both content-length and transfer-encoding"};
  if (is_chunked && message.version == Version::http1_0) {
    return Fault{400, "transfer-encoding in HTTP/1.0"};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Fault> frame_request(const MessageHead& message, Framing& framing) {
  bool is_chunked = false;
  std::optional<std::uint64_t> length;
  if (auto fault = read_statements(message, is_chunked, length)) return fault;
  framing = {};
  if (message.head.is_tunnel_request()) {
    // RFC 9110 §9.3.6: content of a CONNECT means nothing; where it ended would be anyone's guess.
    if (is_chunked || length.value_or(0) > 0) return Fault{400, "CONNECT with content"};
    framing.kind = Framing::Kind::tunnel;
  } else if (is_chunked) {
    framing.kind = Framing::Kind::chunked;
  } else if (length.value_or(0) > 0) {
    framing = {Framing::Kind::length, *length};
  }
  return std::nullopt;
}

// RFC 9112 §6.3, in its order.
std::optional<Fault> frame_response(const MessageHead& message, std::string_view request_method,
                                    Framing& framing) {
  bool is_chunked = false;
  std::optional<std::uint64_t> length;
  if (auto fault = read_statements(message, is_chunked, length)) {
    fault->status = 502;
    return fault;
  }
  const int status = message.head.status;
  framing = {};
  if (status == 101 || (request_method == "CONNECT" && status >= 200 && status < 300)) {
    framing.kind = Framing::Kind::tunnel;
  } else if (http::response_has_no_content(request_method, status)) {
    return std::nullopt;
  } else if (is_chunked) {
    framing.kind = Framing::Kind::chunked;
  } else if (!length) {
    framing.kind = Framing::Kind::until_close;
  } else if (*length > 0) {
    framing = {Framing::Kind::length, *length};
  }
  return std::nullopt;
}

bool is_persistent(const MessageHead& message) {
  const http::Fields& fields = message.head.fields;
  if (fields_have(fields, "connection", "close")) return false;
  return message.version == Version::http1_1 || fields_have(fields, "connection", "keep-alive");
}

bool list_has(std::string_view list, std::string_view member) {
  const auto members = base::split_list(list, ',');
  return std::any_of(members.begin(), members.end(), [member](std::string_view each) {
    return base::equal_ignoring_case(each, member);
  });
}

bool fields_have(const http::Fields& fields, std::string_view name, std::string_view member) {
  return std::any_of(fields.begin(), fields.end(), [&](const http::Field& field) {
    return field.name == name && list_has(field.value, member);
  });
}

void remove_connection_fields(http::Fields& fields) {
  std::vector<std::string> named;
  for (const http::Field& field : fields) {
    if (field.name != "connection") continue;
    for (const std::string_view each : base::split_list(field.value, ',')) {
      named.push_back(base::to_lower(each));
    }
  }
  // TE: trailers goes on to the next hop (RFC 9110 §10.1.4); other codings are for this one.
  const bool takes_trailers = fields_have(fields, "te", "trailers");
  for (const std::string& name : named)
    fields.remove(name);
  for (const std::string_view name : kConnectionFields)
    fields.remove(name);
  if (takes_trailers) fields.add("te", "trailers");
}

}  // namespace http1
