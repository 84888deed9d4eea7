// SPDX-License-Identifier: MIT
// DATA, sending (RFC 9113 §6.1, §6.9): the bodies that streams hold become frames.
#pragma once

#include "session/session.h"

namespace nghttp2::session {

enum class DataOutcome : uint8_t {
  written,  // one frame is in the wire buffer, or is to be sent by Events::send_body
  skipped,  // nothing came of this stream; another may be tried
  paused,   // the application wants control back
};

// Asks the application for the next bytes of the stream's body and writes one frame.
Result<DataOutcome> write_data(Session& session, Stream& stream);
// The frame in session.outbound has left.
Status data_sent(Session& session);

}  // namespace nghttp2::session
