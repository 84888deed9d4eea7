// SPDX-License-Identifier: MIT
// What HEADERS, PUSH_PROMISE and CONTINUATION have in common: they carry header blocks
// (RFC 9113 §4.3).
#pragma once

#include "session/frame_table.h"

namespace nghttp2::session {

// Receiving: starts the block; afterwards the frame is legal and is reported as begun.
void begin_block(Session& session);
Verdict report_begin(Session& session);
// Passes on the verdict of a block that was not begun; one that is ignored costs work all the same,
// since it is decoded.
Verdict note_ignored_block(Session& session, const Verdict& verdict);
Verdict block_chunk(Session& session, Bytes& fragment);
Verdict block_end(Session& session, Bytes whole);

// Sending: encodes the fields, pads, and splits what is too long for one frame.
Status write_header_frame(Session& session, OutboundItem& item);
// Whether anything may be sent on the stream (RFC 9113 §5.1).
Status check_stream_for_send(const Session& session, const Stream* stream);

}  // namespace nghttp2::session
