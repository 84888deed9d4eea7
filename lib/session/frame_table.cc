// SPDX-License-Identifier: MIT
// Frame type to hooks.
#include "session/frame_table.h"

#include "base/table.h"

namespace nghttp2::session {
namespace {

using frame::FrameType;

constexpr Table<const FrameHooks*, 17> kRows = {{
    &kDataHooks,          // 0x00
    &kHeadersHooks,       // 0x01
    &kPriorityHooks,      // 0x02
    &kRstStreamHooks,     // 0x03
    &kSettingsHooks,      // 0x04
    &kPushPromiseHooks,   // 0x05
    &kPingHooks,          // 0x06
    &kGoawayHooks,        // 0x07
    &kWindowUpdateHooks,  // 0x08
    &kContinuationHooks,  // 0x09
    &kAltsvcHooks,        // 0x0a
    nullptr,              // 0x0b
    &kOriginHooks,        // 0x0c
    nullptr,              // 0x0d
    nullptr,              // 0x0e
    nullptr,              // 0x0f
    &kPriorityUpdateHooks,
}};

}  // namespace

const FrameHooks* receive_hooks(const Options& options, uint8_t type) {
  if (type <= uint8_t(FrameType::continuation)) return kRows[type];
  if (options.leaves_to_application(type)) return &kExtensionHooks;
  if (type >= kRows.size() || !options.handles(FrameType(type))) return nullptr;
  return kRows[type];
}

const FrameHooks& send_hooks(const OutboundItem& item) {
  if (item.frame.is_application_payload) return kExtensionHooks;
  return *kRows[item.frame.head.type];
}

}  // namespace nghttp2::session
