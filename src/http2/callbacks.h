// SPDX-License-Identifier: MIT
// What the session tells a connection: libnghttp2's callbacks, from frames to stream events.
#pragma once

#include "http2/session.h"

namespace http2 {

// The table a Connection registers; the session's user data is the Connection.
SessionCallbacks connection_callbacks(bool with_padding);

}  // namespace http2
