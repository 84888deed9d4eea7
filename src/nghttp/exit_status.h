// SPDX-License-Identifier: MIT
// What nghttp's exit status says.
#pragma once

#include "http/reason.h"

namespace nghttp {

// Of several failures the first one decides.
enum class ExitStatus {
  success = 0,
  usage = 1,
  local = 2,
  connect = 3,
  tls = 4,
  protocol = 5,
  incomplete = 6,
  timeout = 7
};

struct ExitStatusMeaning {
  ExitStatus status;
  const char* text;
};

inline constexpr ExitStatusMeaning kExitStatuses[] = {
    {ExitStatus::success, "Every request was answered in full, whatever the status codes."},
    {ExitStatus::usage, "The command line is wrong."},
    {ExitStatus::local, "Something failed on this machine: a file, the output or memory."},
    {ExitStatus::connect, "No connection: name, address, network or proxy."},
    {ExitStatus::tls, "No agreement by TLS: handshake, certificate or protocol."},
    {ExitStatus::protocol, "An error of the protocol, found by either side."},
    {ExitStatus::incomplete,
     "The server refused, canceled or closed before its answer was complete."},
    {ExitStatus::timeout, "--timeout struck. Of several failures the first one decides."},
};

// The class of a request's failure.
constexpr ExitStatus exit_status_of(http::ReasonKind kind) {
  switch (kind) {
    case http::ReasonKind::protocol:
    case http::ReasonKind::too_large: return ExitStatus::protocol;
    case http::ReasonKind::timeout: return ExitStatus::timeout;
    case http::ReasonKind::internal: return ExitStatus::local;
    case http::ReasonKind::canceled:
    case http::ReasonKind::refused:
    case http::ReasonKind::closed: break;
  }
  return ExitStatus::incomplete;
}

// Why something did not work, and its class.
struct Failure {
  ExitStatus status = ExitStatus::protocol;
  std::string text;
};

}  // namespace nghttp
