// SPDX-License-Identifier: MIT
// The frame lines of a scenario: "headers 1 end_headers :method=GET" and the like to bytes.
#pragma once

#include <string>
#include <string_view>

namespace support {

// The bytes that one frame line stands for; throws ScriptError.
//
//   magic
//   raw TEXT | hex DIGITS                   bytes as they are
//   request ID METHOD PATH [FLAGS] [name=value...]     HEADERS with the four pseudo-fields first
//   response ID STATUS [FLAGS] [name=value...]
//   headers ID [FLAGS] [name=value...]      request, response, headers: end_headers unless
//                                           `no_end_headers`; `hex=` gives the block itself
//   continuation ID [end_headers] [name=value... | hex=]
//   push_promise ID PROMISED PATH [no_end_headers] [name=value...]
//   data ID [FLAGS] [TEXT | size=N]
//   priority ID dep= weight= [exclusive]
//   rst_stream ID CODE
//   settings [ack] [NAME=VALUE...]
//   ping TEXT [ack]
//   goaway LAST CODE [TEXT]
//   window_update ID INCREMENT
//   altsvc ID ORIGIN VALUE
//   origin ORIGIN...
//   priority_update ID TEXT
//   frame TYPE ID [flags=N] [TEXT | hex= | size=N]     any frame
//
// FLAGS are end_stream, pad=N (adds PADDED) and dep=, weight=, exclusive (add PRIORITY).
std::string frame_bytes(std::string_view line);

}  // namespace support
