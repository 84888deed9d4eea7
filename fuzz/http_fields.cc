// SPDX-License-Identifier: MIT
// Fields of a hostile peer: what the message rules accept keeps to the grammar (RFC 9113 §8).
#include <cstdint>
#include <cstdlib>

#include "hpack/token.h"
#include "http/message_rules.h"

namespace {

using namespace nghttp2;
using namespace nghttp2::http;

void require(bool condition) {
  if (!condition) std::abort();
}

// The grammar octet by octet, without any of the library's shortcuts.
bool is_plain_value(Bytes value) {
  for (uint8_t c : value) {
    if ((c < 0x20 && c != '\t') || c == 0x7f) return false;
  }
  return true;
}

void check_syntax(Bytes name, Bytes value) {
  require(is_field_value(value) == is_plain_value(value));
  require(!is_trimmed_field_value(value) || is_field_value(value));
  require(!is_path(value) || is_field_value(value));
  require(!is_host_and_port(value) || is_authority(value));
  require(!is_method(value) || is_path(value));
  require(is_field_name(name) == (find_name_fault(name) == NameFault::none));
}

Bytes take_line(Bytes& rest) {
  size_t size = 0;
  while (size < rest.size() && rest[size] != '\n')
    ++size;
  const Bytes line = rest.first(size);
  rest = rest.from(size < rest.size() ? size + 1 : size);
  return line;
}

}  // namespace

// The first octet chooses the kind of message; then name and value take a line each.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Bytes rest(data, size);
  if (rest.empty()) return 0;
  const bool is_request = rest[0] & 1;
  SectionContext context;
  context.trailers = rest[0] & 2;
  context.connect_protocol = rest[0] & 4;
  context.strict_whitespace = rest[0] & 8;
  rest = rest.from(1);
  MessageState state;
  begin_section(state);
  while (!rest.empty()) {
    const Bytes name = take_line(rest);
    const Bytes value = take_line(rest);
    check_syntax(name, value);
    const ReceivedField field = {name, value, hpack::token_of(name)};
    const FieldVerdict verdict = is_request ? check_request_field(state, field, context)
                                            : check_response_field(state, field, context);
    if (verdict == FieldVerdict::malformed) return 0;
    if (verdict == FieldVerdict::accept) require(is_field_name(name) && is_field_value(value));
  }
  const bool is_good = is_request ? end_request_section(state) : end_response_section(state, false);
  if (is_good && on_content(state, size)) {
    require(state.content_length == -1 || state.received_bytes <= state.content_length);
  }
  return 0;
}
