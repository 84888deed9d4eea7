// SPDX-License-Identifier: MIT
// The rules of the RFCs that a server's frames can break, and where each is.
#pragma once

#include <string>
#include <utility>

namespace trace {

struct Rule {
  const char* name;
  int rfc;
  const char* section;
  const char* reason;  // a sentence without its full stop
};

// A rule that a frame breaks.
struct Breach {
  std::string name;
  int rfc = 0;
  std::string section;
  std::string reason;
  std::string detail;  // what breaks it, if there is more to say; octets of the peer's are escaped

  explicit Breach(const Rule& rule, std::string what = {})
      : name(rule.name),
        rfc(rule.rfc),
        section(rule.section),
        reason(rule.reason),
        detail(std::move(what)) {}

  // "RFC 9113, section 6.9: the reason (the detail)".
  std::string text() const {
    return "RFC " + std::to_string(rfc) + ", section " + section + ": " + reason +
           (detail.empty() ? "" : " (" + detail + ")");
  }
};

namespace rules {

// Frames as such.
inline constexpr Rule kFirstFrame{"first-frame", 9113, "3.4",
                                  "the first frame of a server must be SETTINGS without ACK"};
inline constexpr Rule kReservedBit{"reserved-bit", 9113, "4.1",
                                   "the reserved bit of a stream identifier must not be set"};
inline constexpr Rule kUndefinedFlags{
    "undefined-flags", 9113, "4.1", "flags that the type of frame does not define must not be set"};
inline constexpr Rule kFrameSize{"frame-size", 9113, "4.2",
                                 "a frame must not be longer than the receiver's "
                                 "SETTINGS_MAX_FRAME_SIZE"};
inline constexpr Rule kFrameTooShort{"frame-too-short", 9113, "4.2",
                                     "a frame must be long enough for what its type requires"};
inline constexpr Rule kInterruptedBlock{"interrupted-block", 9113, "4.3",
                                        "no other frame may come between those of a field block"};
inline constexpr Rule kPaddingLength{"padding-length", 9113, "6.1",
                                     "padding must be shorter than the payload it is part of"};
inline constexpr Rule kPaddingNotZero{"padding-not-zero", 9113, "6.1",
                                      "octets of padding must be zero"};
inline constexpr Rule kDataOnConnection{"data-on-connection", 9113, "6.1",
                                        "DATA must belong to a stream"};
inline constexpr Rule kHeadersOnConnection{"headers-on-connection", 9113, "6.2",
                                           "HEADERS must belong to a stream"};
inline constexpr Rule kPriorityOnConnection{"priority-on-connection", 9113, "6.3",
                                            "PRIORITY must belong to a stream"};
inline constexpr Rule kPriorityLength{"priority-length", 9113, "6.3",
                                      "PRIORITY must be 5 octets long"};
inline constexpr Rule kPrioritySelf{"priority-self", 7540, "5.3.1",
                                    "a stream cannot depend on itself"};
inline constexpr Rule kResetOnConnection{"rst-stream-on-connection", 9113, "6.4",
                                         "RST_STREAM must belong to a stream"};
inline constexpr Rule kResetLength{"rst-stream-length", 9113, "6.4",
                                   "RST_STREAM must be 4 octets long"};
inline constexpr Rule kPingOnStream{"ping-on-stream", 9113, "6.7",
                                    "PING must belong to the connection, stream 0"};
inline constexpr Rule kPingLength{"ping-length", 9113, "6.7", "PING must be 8 octets long"};
inline constexpr Rule kContinuationOnConnection{"continuation-on-connection", 9113, "6.10",
                                                "CONTINUATION must belong to a stream"};
inline constexpr Rule kUnexpectedContinuation{
    "unexpected-continuation", 9113, "6.10",
    "CONTINUATION must follow a frame of a field block that has no END_HEADERS"};

// SETTINGS.
inline constexpr Rule kSettingsOnStream{"settings-on-stream", 9113, "6.5",
                                        "SETTINGS must belong to the connection, stream 0"};
inline constexpr Rule kSettingsLength{"settings-length", 9113, "6.5",
                                      "the length of SETTINGS must be a multiple of 6 octets"};
inline constexpr Rule kSettingsAckLength{"settings-ack-length", 9113, "6.5",
                                         "SETTINGS with ACK must be empty"};
inline constexpr Rule kEnablePush{"settings-enable-push", 9113, "6.5.2",
                                  "a server must not set SETTINGS_ENABLE_PUSH to anything but 0"};
inline constexpr Rule kInitialWindowSize{"settings-initial-window-size", 9113, "6.5.2",
                                         "SETTINGS_INITIAL_WINDOW_SIZE must not be above 2^31-1"};
inline constexpr Rule kMaxFrameSize{"settings-max-frame-size", 9113, "6.5.2",
                                    "SETTINGS_MAX_FRAME_SIZE must be from 16384 to 16777215"};
inline constexpr Rule kEnableConnect{"settings-enable-connect-protocol", 8441, "3",
                                     "SETTINGS_ENABLE_CONNECT_PROTOCOL must be 0 or 1"};
inline constexpr Rule kConnectWithdrawn{
    "settings-connect-protocol-withdrawn", 8441, "3",
    "SETTINGS_ENABLE_CONNECT_PROTOCOL must not become 0 after it was 1"};
inline constexpr Rule kNoPriorities{"settings-no-rfc7540-priorities", 9218, "2.1",
                                    "SETTINGS_NO_RFC7540_PRIORITIES must be 0 or 1"};
inline constexpr Rule kNoPrioritiesChanged{
    "settings-no-rfc7540-priorities-changed", 9218, "2.1",
    "SETTINGS_NO_RFC7540_PRIORITIES must not change after the first SETTINGS frame"};
inline constexpr Rule kSettingsOverflow{
    "settings-window-overflow", 9113, "6.9.2",
    "SETTINGS_INITIAL_WINDOW_SIZE must not bring a window above 2^31-1"};

// Flow control.
inline constexpr Rule kWindowUpdateLength{"window-update-length", 9113, "6.9",
                                          "WINDOW_UPDATE must be 4 octets long"};
inline constexpr Rule kWindowUpdateZero{"window-update-zero", 9113, "6.9",
                                        "the increment of WINDOW_UPDATE must not be 0"};
inline constexpr Rule kWindowOverflow{"window-overflow", 9113, "6.9.1",
                                      "WINDOW_UPDATE must not bring a window above 2^31-1"};
inline constexpr Rule kStreamOverrun{"flow-control-stream", 9113, "6.9.1",
                                     "DATA must not exceed the window of its stream"};
inline constexpr Rule kConnectionOverrun{"flow-control-connection", 9113, "6.9.1",
                                         "DATA must not exceed the window of the connection"};

// The connection and its streams.
inline constexpr Rule kGoawayOnStream{"goaway-on-stream", 9113, "6.8",
                                      "GOAWAY must belong to the connection, stream 0"};
inline constexpr Rule kGoawayGrows{
    "goaway-last-stream", 9113, "6.8",
    "the last stream identifier of GOAWAY must not be above that of one before"};
inline constexpr Rule kIdleStream{
    "idle-stream", 9113, "5.1",
    "a server may send nothing but PRIORITY on a stream that the client has not opened"};
inline constexpr Rule kNotPromised{"not-promised", 9113, "5.1",
                                   "a server opens a stream by PUSH_PROMISE and by nothing else"};
inline constexpr Rule kReservedStream{
    "reserved-stream", 9113, "5.1",
    "on a promised stream nothing but HEADERS, RST_STREAM and PRIORITY may come first"};
inline constexpr Rule kAfterEnd{
    "after-end-stream", 9113, "5.1",
    "after END_STREAM nothing but WINDOW_UPDATE, PRIORITY and RST_STREAM may come"};
inline constexpr Rule kAfterReset{"after-rst-stream", 9113, "5.1",
                                  "nothing but PRIORITY may be sent on a closed stream"};
inline constexpr Rule kConcurrency{
    "concurrent-streams", 9113, "5.1.2",
    "no more pushed streams may be open than SETTINGS_MAX_CONCURRENT_STREAMS allows"};
inline constexpr Rule kPromiseOnConnection{"push-promise-on-connection", 9113, "6.6",
                                           "PUSH_PROMISE must belong to a stream"};
inline constexpr Rule kPushDisabled{
    "push-disabled", 9113, "6.6",
    "PUSH_PROMISE must not come after SETTINGS_ENABLE_PUSH of 0 is acknowledged"};
inline constexpr Rule kPromiseParent{
    "push-promise-parent", 9113, "6.6",
    "PUSH_PROMISE must be on a stream that the client has opened and the server has not ended"};
inline constexpr Rule kPromisedIdEven{
    "promised-stream-even", 9113, "5.1.1",
    "streams that a server initiates must have even identifiers above 0"};
inline constexpr Rule kPromisedIdGreater{
    "promised-stream-greater", 9113, "5.1.1",
    "the identifier of a new stream must be above those of all before"};
inline constexpr Rule kTunnelFrame{
    "tunnel-frame", 9113, "8.5",
    "in a tunnel nothing but DATA, RST_STREAM, WINDOW_UPDATE and PRIORITY may come"};

// Extensions.
inline constexpr Rule kAltsvcWithoutOrigin{"altsvc-without-origin", 7838, "4",
                                           "ALTSVC on stream 0 must name an origin"};
inline constexpr Rule kAltsvcWithOrigin{"altsvc-with-origin", 7838, "4",
                                        "ALTSVC on a request's stream must not name an origin"};
inline constexpr Rule kOriginOnStream{"origin-on-stream", 8336, "2.1",
                                      "ORIGIN must belong to the connection, stream 0"};
inline constexpr Rule kOriginInCleartext{"origin-in-cleartext", 8336, "2.1",
                                         "ORIGIN has no meaning on a connection without TLS"};
inline constexpr Rule kPriorityUpdate{"priority-update", 9218, "7.1",
                                      "a server must not send PRIORITY_UPDATE"};

// Fields.
inline constexpr Rule kHpack{"hpack", 7541, "", "the field block is malformed"};
inline constexpr Rule kNameEmpty{"field-name-empty", 9110, "5.1",
                                 "a field name must have at least one character"};
inline constexpr Rule kNameUpperCase{"field-name-upper-case", 9113, "8.2.1",
                                     "a field name must not have upper-case letters"};
inline constexpr Rule kNameCharacter{
    "field-name-character", 9113, "8.2.1",
    "a field name must not have controls, spaces, octets above 0x7e or colons"};
inline constexpr Rule kValueCharacter{"field-value-character", 9113, "8.2.1",
                                      "a field value must not have NUL, LF or CR"};
inline constexpr Rule kValueSpace{"field-value-space", 9113, "8.2.1",
                                  "a field value must not begin or end with a space or a tab"};
inline constexpr Rule kConnectionField{"connection-field", 9113, "8.2.2",
                                       "connection-specific fields must not be in HTTP/2"};
inline constexpr Rule kTe{"te", 9113, "8.2.2", "te must not have a value but 'trailers'"};
inline constexpr Rule kPseudoLate{"pseudo-field-late", 9113, "8.3",
                                  "pseudo-fields must come before all other fields"};
inline constexpr Rule kPseudoRepeated{"pseudo-field-repeated", 9113, "8.3",
                                      "a pseudo-field must not come twice"};
inline constexpr Rule kPseudoInvalid{"pseudo-field-invalid", 9113, "8.3",
                                     "a pseudo-field must be one that is defined for the message"};
inline constexpr Rule kPseudoInTrailers{"pseudo-field-in-trailers", 9113, "8.1",
                                        "trailers must not have pseudo-fields"};
inline constexpr Rule kStatusMissing{"status-missing", 9113, "8.3.2",
                                     "a response must have :status"};
inline constexpr Rule kStatusInvalid{"status-invalid", 9110, "15",
                                     "a status code must be three digits from 100 to 599"};
inline constexpr Rule kSwitching{"status-101", 9113, "8.6",
                                 "101 (Switching Protocols) must not be in HTTP/2"};
inline constexpr Rule kPromisePseudo{
    "promised-request-incomplete", 9113, "8.3.1",
    "a promised request must have :method, :scheme and :path, which must not be empty"};
inline constexpr Rule kPromiseAuthority{"promised-request-authority", 9113, "8.4",
                                        "a promised request must have :authority"};
inline constexpr Rule kPromiseMethod{"promised-request-method", 9113, "8.4",
                                     "the method of a promised request must be safe and cacheable"};
inline constexpr Rule kPromiseContent{"promised-request-content", 9113, "8.4",
                                      "a promised request must not have content"};

// Messages.
inline constexpr Rule kInformationalEnd{"informational-end-stream", 9113, "8.1",
                                        "a 1xx response must not end the stream"};
inline constexpr Rule kTrailersEnd{"trailers-without-end-stream", 9113, "8.1",
                                   "HEADERS after the final response must have END_STREAM"};
inline constexpr Rule kDataFirst{"data-before-response", 9113, "8.1",
                                 "DATA must follow the header section of the final response"};
inline constexpr Rule kContentLength{"content-length-mismatch", 9113, "8.1.1",
                                     "content must be as long as content-length says"};
inline constexpr Rule kContentLengthInvalid{"content-length-invalid", 9110, "8.6",
                                            "content-length must be one decimal number"};
inline constexpr Rule kContentLengthForbidden{
    "content-length-forbidden", 9110, "8.6",
    "content-length must not be in 1xx and 204 responses, nor in a 2xx one to CONNECT"};
inline constexpr Rule kContentForbidden{
    "content-forbidden", 9110, "6.4.1",
    "responses to HEAD, and 204 and 304 responses, must not have content"};

}  // namespace rules

}  // namespace trace
