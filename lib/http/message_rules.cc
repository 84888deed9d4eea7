// SPDX-License-Identifier: MIT
// Well-formed messages: one function for each field with a rule of its own.
#include "http/message_rules.h"

#include "base/ascii.h"

namespace nghttp2::http {
namespace {

// What a section has shown so far.
constexpr uint16_t kAuthority = 1 << 0;
constexpr uint16_t kMethod = 1 << 1;
constexpr uint16_t kPath = 1 << 2;
constexpr uint16_t kScheme = 1 << 3;
constexpr uint16_t kProtocol = 1 << 4;
constexpr uint16_t kHost = 1 << 5;
constexpr uint16_t kRegular = kSeenRegularField;
constexpr uint16_t kSlashPath = 1 << 7;
constexpr uint16_t kAsteriskPath = 1 << 8;
constexpr uint16_t kHttpScheme = 1 << 9;
constexpr uint16_t kOptions = 1 << 10;
constexpr uint16_t kPriority = 1 << 11;
constexpr uint16_t kBadPriority = 1 << 12;
constexpr uint16_t kConnect = 1 << 13;  // the request is CONNECT
constexpr uint16_t kHead = 1 << 14;     // the request is HEAD
constexpr uint16_t kExpectsFinal = 1 << 15;
// Of a response: nobody knows what the request was.
constexpr uint16_t kUnknownMethod = kConnect | kHead;

constexpr FieldVerdict kAccept = FieldVerdict::accept;
constexpr FieldVerdict kMalformed = FieldVerdict::malformed;
constexpr FieldVerdict kInvalid = FieldVerdict::invalid;
constexpr FieldVerdict kIgnore = FieldVerdict::ignore;

bool has(const MessageState& state, uint16_t bits) {
  return (state.seen & bits) == bits;
}

FieldVerdict accept_if(bool condition) {
  return condition ? kAccept : kMalformed;
}

bool is_valid_value(Bytes value, const SectionContext& context) {
  return context.strict_whitespace ? is_trimmed_field_value(value) : is_field_value(value);
}

bool equal_ignoring_case(Bytes text, Bytes lower_case) {
  if (text.size() != lower_case.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (to_lower(text[i]) != lower_case[i]) return false;
  }
  return true;
}

void note_method(MessageState& state, Bytes method) {
  if (equal(method, literal("CONNECT"))) {
    state.seen |= kConnect;
  } else if (equal(method, literal("HEAD"))) {
    state.seen |= kHead;
  } else if (equal(method, literal("OPTIONS"))) {
    state.seen |= kOptions;
  }
}

// RFC 9113 §8.3: a pseudo-field comes before all others, once, and has a value.
bool note_pseudo_field(MessageState& state, uint16_t bit, Bytes value) {
  if (has(state, bit) || value.empty()) return false;
  state.seen |= bit;
  return true;
}

FieldVerdict check_path(MessageState& state, const ReceivedField& field) {
  const Bytes value = field.value;
  if (value[0] == '/') {
    state.seen |= kSlashPath;
  } else if (equal(value, literal("*"))) {
    state.seen |= kAsteriskPath;
  }
  return accept_if(field.is_known || is_path(value));
}

FieldVerdict check_scheme(MessageState& state, Bytes value) {
  const bool is_http =
      equal_ignoring_case(value, literal("http")) || equal_ignoring_case(value, literal("https"));
  if (is_http) state.seen |= kHttpScheme;
  return accept_if(is_http || is_scheme(value));
}

// RFC 9113 §8.3.1, RFC 8441 §4.
FieldVerdict check_request_pseudo_field(MessageState& state, const ReceivedField& field,
                                        const SectionContext& context) {
  const Bytes value = field.value;
  switch (field.token) {
    case Token::authority:
      return accept_if(note_pseudo_field(state, kAuthority, value) &&
                       (field.is_known || is_host_and_port(value)));
    case Token::method:
      if (!note_pseudo_field(state, kMethod, value)) return kMalformed;
      note_method(state, value);
      // A tunnel cannot be promised: it has content, and nobody asked for it (RFC 9113 §8.4.1).
      if (context.promised && has(state, kConnect)) return kMalformed;
      return accept_if(field.is_known || is_method(value));
    case Token::path:
      return note_pseudo_field(state, kPath, value) ? check_path(state, field) : kMalformed;
    case Token::scheme:
      return note_pseudo_field(state, kScheme, value) ? check_scheme(state, value) : kMalformed;
    case Token::protocol:
      if (!context.connect_protocol) return kMalformed;
      return accept_if(note_pseudo_field(state, kProtocol, value) &&
                       is_valid_value(value, context));
    default: return kMalformed;
  }
}

// RFC 9113 §8.3.2.
FieldVerdict check_response_pseudo_field(MessageState& state, const ReceivedField& field) {
  if (field.token != Token::status || state.status_code != -1) return kMalformed;
  uint64_t status = 0;
  if (field.value.size() != 3 || !parse_decimal(field.value, 999, status)) return kMalformed;
  // RFC 9113 §8.6: HTTP/2 has no use for 101.
  if (status < 100 || status == 101) return kMalformed;
  state.status_code = int16_t(status);
  return kAccept;
}

// RFC 9110 §8.6. A message has one length, though a list of equal lengths would be tolerable.
bool read_content_length(MessageState& state, Bytes value) {
  uint64_t length = 0;
  if (state.content_length != -1 || !parse_decimal(value, INT64_MAX, length)) return false;
  state.content_length = int64_t(length);
  return true;
}

FieldVerdict check_host(MessageState& state, const ReceivedField& field) {
  if (!field.is_known && !is_host_and_port(field.value)) return kInvalid;
  return accept_if(note_pseudo_field(state, kHost, field.value));
}

FieldVerdict check_priority(MessageState& state, Bytes value, const SectionContext& context) {
  if (!is_valid_value(value, context)) {
    state.seen |= kBadPriority;
    return kInvalid;
  }
  Extpri priority = unpack_priority(state.priority);
  if (parse_priority(value, priority)) {
    state.priority = pack_priority(priority);
    state.seen |= kPriority;
  } else {
    state.seen |= kBadPriority;
  }
  return kAccept;
}

// What requests, responses and trailers have in common.
FieldVerdict check_common_field(const ReceivedField& field, const SectionContext& context) {
  switch (field.token) {
    case Token::te:
      // RFC 9113 §8.2.2.
      return accept_if(equal_ignoring_case(field.value, literal("trailers")));
    case Token::connection:
    case Token::keep_alive:
    case Token::proxy_connection:
    case Token::transfer_encoding:
    case Token::upgrade: return kMalformed;
    default: return field.is_known || is_valid_value(field.value, context) ? kAccept : kInvalid;
  }
}

// RFC 9110 §8.6, §9.3.6: what content-length may say besides the length of content.
FieldVerdict check_response_length(MessageState& state, Bytes value) {
  if (state.status_code == 204) {
    // Forbidden, but servers send zero.
    if (state.content_length != -1 || !equal(value, literal("0"))) return kMalformed;
    state.content_length = 0;
    return kIgnore;
  }
  if (state.status_code / 100 == 1) return kMalformed;
  if (state.status_code / 100 == 2 && has(state, kConnect) && !has(state, kHead)) return kIgnore;
  return accept_if(read_content_length(state, value));
}

bool is_pseudo_field(Bytes name) {
  return !name.empty() && name[0] == ':';
}

// Names with a token are valid names.
FieldVerdict check_name(const ReceivedField& field) {
  if (field.token != Token::none || field.is_known) return kAccept;
  switch (find_name_fault(field.name)) {
    case NameFault::none: return kAccept;
    case NameFault::upper_case: return kMalformed;
    default: return kInvalid;
  }
}

bool is_valid_request_target(const MessageState& state) {
  // Another scheme may have a path of another form (RFC 9113 §8.3.1).
  return !has(state, kHttpScheme) || has(state, kSlashPath) || has(state, kAsteriskPath | kOptions);
}

}  // namespace

bool is_ordinary(Token token) {
  switch (token) {
    case Token::authority:
    case Token::method:
    case Token::path:
    case Token::scheme:
    case Token::status:
    case Token::protocol:
    case Token::host:
    case Token::content_length:
    case Token::priority:
    case Token::te:
    case Token::connection:
    case Token::keep_alive:
    case Token::proxy_connection:
    case Token::transfer_encoding:
    case Token::upgrade: return false;
    default: return true;
  }
}

void begin_section(MessageState& state) {
  state.seen &= uint16_t(~kRegular);
}

FieldVerdict check_request_field(MessageState& state, const ReceivedField& field,
                                 const SectionContext& context) {
  if (is_pseudo_field(field.name)) {
    if (context.trailers || has(state, kRegular)) return kMalformed;
    return check_request_pseudo_field(state, field, context);
  }
  state.seen |= kRegular;
  if (const FieldVerdict verdict = check_name(field); verdict != kAccept) return verdict;
  switch (field.token) {
    case Token::host: return check_host(state, field);
    case Token::content_length: return accept_if(read_content_length(state, field.value));
    case Token::priority:
      if (!context.trailers) return check_priority(state, field.value, context);
      break;
    default: break;
  }
  return check_common_field(field, context);
}

FieldVerdict check_response_field(MessageState& state, const ReceivedField& field,
                                  const SectionContext& context) {
  if (is_pseudo_field(field.name)) {
    if (context.trailers || has(state, kRegular)) return kMalformed;
    return check_response_pseudo_field(state, field);
  }
  state.seen |= kRegular;
  if (const FieldVerdict verdict = check_name(field); verdict != kAccept) return verdict;
  if (field.token == Token::content_length) {
    return check_response_length(state, field.value);
  }
  return check_common_field(field, context);
}

bool end_request_section(MessageState& state) {
  if (has(state, kConnect) && !has(state, kProtocol)) {
    // RFC 9113 §8.5.
    if (state.seen & (kScheme | kPath)) return false;
    // What follows is a tunnel, whose length nobody knows.
    state.content_length = -1;
    return has(state, kAuthority);
  }
  if (!has(state, kMethod | kPath | kScheme)) return false;
  if (!(state.seen & (kAuthority | kHost))) return false;
  // RFC 8441 §4.
  if (has(state, kProtocol) && !has(state, kConnect | kAuthority)) return false;
  return is_valid_request_target(state);
}

bool end_response_section(MessageState& state, bool end_stream) {
  if (state.status_code == -1) return false;
  if (state.status_code / 100 == 1) {
    // RFC 9113 §8.1: informational, so a further section follows.
    if (end_stream) return false;
    state.seen |= kExpectsFinal;
    state.status_code = -1;
    state.content_length = -1;
    return true;
  }
  state.seen &= uint16_t(~kExpectsFinal);
  if (has(state, kUnknownMethod)) {
    state.content_length = -1;
  } else if (has(state, kHead) || state.status_code == 204 || state.status_code == 304) {
    state.content_length = 0;
  } else if (has(state, kConnect)) {
    state.content_length = -1;
  }
  return true;
}

bool end_trailer_section(MessageState& state, bool end_stream) {
  return end_stream && !expects_final_response(state);
}

bool on_content(MessageState& state, size_t bytes) {
  if (expects_final_response(state)) return bytes == 0;
  state.received_bytes += int64_t(bytes);
  return state.content_length == -1 || state.received_bytes <= state.content_length;
}

bool on_end_stream(MessageState& state) {
  if (expects_final_response(state)) return false;
  return state.content_length == -1 || state.content_length == state.received_bytes;
}

bool expects_final_response(const MessageState& state) {
  return has(state, kExpectsFinal);
}

bool requested_priority(const MessageState& state, Extpri& priority) {
  if (!has(state, kPriority) || has(state, kBadPriority)) return false;
  priority = unpack_priority(state.priority);
  return true;
}

void record_request_method(MessageState& response, Slice<const FieldView> request) {
  for (const FieldView& field : request) {
    if (!equal({field.name, field.namelen}, literal(":method"))) continue;
    note_method(response, {field.value, field.valuelen});
    return;
  }
}

void record_upgraded_request(MessageState& response, bool head) {
  if (head) response.seen |= kHead;
}

void record_unknown_request(MessageState& response) {
  response.seen |= kUnknownMethod;
}

}  // namespace nghttp2::http
