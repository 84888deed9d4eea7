// SPDX-License-Identifier: MIT
// Whether the fields and the content of one message direction of a stream make a well-formed HTTP
// message (RFC 9113 §8.1 to §8.5, RFC 8441, RFC 9110 §6.4). Remembers 24 octets and allocates
// nothing.
#pragma once

#include "base/token.h"
#include "base/vocabulary.h"
#include "http/field_syntax.h"
#include "http/priority.h"

namespace nghttp2::http {

// One field line as it came out of the header block.
struct ReceivedField {
  Bytes name;
  Bytes value;
  Token token;
  // The same octets were accepted before, in a section of the same kind of message and by the same
  // rule about whitespace: their characters need no further look.
  bool is_known = false;
};

// What a field does to the message it came in.
enum class FieldVerdict : uint8_t {
  accept,
  malformed,  // the message is malformed: a stream error
  invalid,    // the field is left out; the application may be told and may object
  ignore,     // the field is left out silently
};

// The one bit of MessageState::seen that is set outside: a field that is not a pseudo-field.
inline constexpr uint16_t kSeenRegularField = 1 << 6;

// What is known of the messages that a stream receives.
struct MessageState {
  int64_t content_length = -1;         // -1: none was given
  int64_t received_bytes = 0;          // of content
  int16_t status_code = -1;            // of a response; -1: no :status was read yet
  uint16_t seen = 0;                   // bits of message_rules.cc
  uint8_t priority = kDefaultUrgency;  // packed, from Priority fields
};
static_assert(sizeof(MessageState) <= 24);

// What the rules for one field section depend on besides the message itself.
struct SectionContext {
  bool trailers = false;
  bool connect_protocol = false;  // a server that has sent SETTINGS_ENABLE_CONNECT_PROTOCOL=1
  bool promised = false;          // by PUSH_PROMISE
  bool strict_whitespace = true;  // values must not begin or end with SP or HTAB
};

// Before the first field of each section: pseudo-fields are welcome again. All else stays known, so
// that trailers cannot contradict the header.
void begin_section(MessageState& state);

// Whether a field of this name has no meaning for the rules here once its characters have been
// found good.
bool is_ordinary(Token token);
// What is left to do for an ordinary field that is known.
inline void note_ordinary_field(MessageState& state) {
  state.seen |= kSeenRegularField;
}

// One field after the other, in the order of the section. Requests are also those promised by
// PUSH_PROMISE.
FieldVerdict check_request_field(MessageState& state, const ReceivedField& field,
                                 const SectionContext& context);
FieldVerdict check_response_field(MessageState& state, const ReceivedField& field,
                                  const SectionContext& context);

// After the last field of a section: false if the message is malformed.
[[nodiscard]] bool end_request_section(MessageState& state);
// Final responses and informational ones alike (RFC 9113 §8.1). `end_stream`: no content follows.
[[nodiscard]] bool end_response_section(MessageState& state, bool end_stream);
[[nodiscard]] bool end_trailer_section(MessageState& state, bool end_stream);

// A piece of content has arrived. False if content is not expected now or exceeds content-length
// (RFC 9113 §8.1.1).
[[nodiscard]] bool on_content(MessageState& state, size_t bytes);
// The peer has ended the stream. False if the message is not complete.
[[nodiscard]] bool on_end_stream(MessageState& state);

// An informational response was the last thing received, so that a further one must follow.
bool expects_final_response(const MessageState& state);

// The priority that the Priority fields of a request ask for. False if there were none, or if one
// of them was bad, which spoils the others.
[[nodiscard]] bool requested_priority(const MessageState& state, Extpri& priority);

// The client side must know the method of its request to understand the response.
void record_request_method(MessageState& response, Slice<const FieldView> request);
// The request preceded the connection as HTTP/1.1 with Upgrade; head: its method was HEAD.
void record_upgraded_request(MessageState& response, bool head);
// The same when nobody knows the method: content-length is then not compared with the content.
void record_unknown_request(MessageState& response);

}  // namespace nghttp2::http
