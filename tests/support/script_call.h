// SPDX-License-Identifier: MIT
// The call lines of a scenario: "submit_ping" and the like to calls of the public interface.
#pragma once

#include <nghttp2/nghttp2.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "support/body.h"
#include "support/newer_api.h"
#include "support/recorder.h"

namespace support {

// What calls work on, and what must live as long as the session.
struct CallContext {
  nghttp2_session* session = nullptr;
  Recorder& recorder;
  Twins twins;
  std::vector<std::unique_ptr<Body>> bodies;
  std::vector<std::unique_ptr<std::string>> payloads;
};

// Calls the function that the first word names (without nghttp2_ and session_) and notes
// "! NAME = RESULT"; a plain success (0) of a function that answers a status is not noted. Returns
// the result. Throws ScriptError for an unknown call. Arguments are in the order of the C function;
// field lists are name=value, priorities dep=, weight= and exclusive, bodies body= (see Words).
long long call(CallContext& context, std::string_view line);

// Options of a session by the name of their setter; false if the library has no such option.
bool set_option(nghttp2_option* option, std::string_view name, std::string_view value);

}  // namespace support
