// SPDX-License-Identifier: MIT
// What a session does with each frame type: one row of hooks a type, one file a row in frames/.
#pragma once

#include "session/session.h"

namespace nghttp2::session {

struct FrameHooks {
  // Receiving. A missing hook means: go on.
  Verdict (*head)(Session&);           // may this frame come now? Before any payload
  Verdict (*begin)(Session&);          // the fixed fields have arrived
  Verdict (*chunk)(Session&, Bytes&);  // a part of a streamed payload; leaves what it did not use
  Verdict (*skipped)(Session&, Bytes);
  Verdict (*end)(Session&, Bytes whole);  // act on the frame

  // Sending.
  Status (*check)(Session&, OutboundItem&);  // may it be sent now?
  Status (*write)(Session&, OutboundItem&);  // value to bytes
  Status (*sent)(Session&, OutboundItem&);   // state after it has left
};

// How a received frame type is treated, or nullptr if it is to be skipped: unknown types, and
// extensions that nobody has asked for.
const FrameHooks* receive_hooks(const Options& options, uint8_t type);
const FrameHooks& send_hooks(const OutboundItem& item);

extern const FrameHooks kDataHooks;
extern const FrameHooks kHeadersHooks;
extern const FrameHooks kPriorityHooks;
extern const FrameHooks kRstStreamHooks;
extern const FrameHooks kSettingsHooks;
extern const FrameHooks kPushPromiseHooks;
extern const FrameHooks kPingHooks;
extern const FrameHooks kGoawayHooks;
extern const FrameHooks kWindowUpdateHooks;
extern const FrameHooks kContinuationHooks;
extern const FrameHooks kAltsvcHooks;
extern const FrameHooks kOriginHooks;
extern const FrameHooks kPriorityUpdateHooks;
extern const FrameHooks kExtensionHooks;

}  // namespace nghttp2::session
