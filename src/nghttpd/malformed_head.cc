// SPDX-License-Identifier: MIT
// HEADERS frames that break a rule on purpose, written by hand (RFC 9113 §6.2, RFC 7541 §6).
#include "nghttpd/malformed_head.h"

#include <nghttp2/nghttp2.h>

namespace nghttpd {

namespace {

// Index 8 of the static table.
constexpr char kStatus200[] = "\x88";

// A literal without indexing; names and values here are short.
std::string literal(const std::string& name, const std::string& value) {
  std::string out(1, '\0');
  out += static_cast<char>(name.size());
  out += name;
  out += static_cast<char>(value.size());
  return out + value;
}

std::string block(Malformed form) {
  switch (form) {
    case Malformed::hpack: return "\xff\xff\x7f";
    case Malformed::uppercase: return kStatus200 + literal("X-Upper-Case", "1");
    case Malformed::no_status: return literal("x-one", "1");
    case Malformed::order: return literal("x-one", "1") + kStatus200;
    case Malformed::transfer: return kStatus200 + literal("transfer-encoding", "chunked");
  }
  return {};
}

}  // namespace

std::string malformed_head(std::int64_t stream_id, Malformed form) {
  const std::string payload = block(form);
  std::string frame(2, '\0');
  frame += static_cast<char>(payload.size());
  frame += static_cast<char>(NGHTTP2_HEADERS);
  frame += static_cast<char>(NGHTTP2_FLAG_END_HEADERS | NGHTTP2_FLAG_END_STREAM);
  for (int shift = 24; shift >= 0; shift -= 8)
    frame += static_cast<char>(stream_id >> shift & 0xff);
  return frame + payload;
}

}  // namespace nghttpd
