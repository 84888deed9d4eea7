// SPDX-License-Identifier: MIT
// Settings: value rules and the queue of unacknowledged frames (RFC 9113 §6.5).
#include "session/settings.h"

#include "frame/rules.h"
#include "session/flow_window.h"

namespace nghttp2::session {

using frame::SettingId;

uint32_t* SettingValues::find(int32_t id) {
  if (id < 0 || id > UINT16_MAX) return nullptr;
  switch (SettingId(id)) {
    case SettingId::header_table_size: return &header_table_size;
    case SettingId::enable_push: return &enable_push;
    case SettingId::max_concurrent_streams: return &max_concurrent_streams;
    case SettingId::initial_window_size: return &initial_window_size;
    case SettingId::max_frame_size: return &max_frame_size;
    case SettingId::max_header_list_size: return &max_header_list_size;
    case SettingId::enable_connect_protocol: return &enable_connect_protocol;
    case SettingId::no_rfc7540_priorities: return &no_rfc7540_priorities;
  }
  return nullptr;
}

Verdict check_setting_value(const SettingsEntry& entry) {
  switch (SettingId(entry.settings_id)) {
    case SettingId::enable_push:
      if (entry.value > 1) {
        return connection_error(Status::protocol, "SETTINGS: ENABLE_PUSH is neither 0 nor 1");
      }
      break;
    case SettingId::initial_window_size:
      if (entry.value > uint32_t(kMaxWindow)) {
        return connection_error(Status::flow_control, "SETTINGS: INITIAL_WINDOW_SIZE above 2^31-1");
      }
      break;
    case SettingId::max_frame_size:
      if (entry.value < frame::kMinMaxFrameSize || entry.value > frame::kMaxMaxFrameSize) {
        return connection_error(Status::protocol,
                                "SETTINGS: MAX_FRAME_SIZE outside of 2^14 to 2^24-1");
      }
      break;
    case SettingId::enable_connect_protocol:
      if (entry.value > 1) {
        return connection_error(Status::protocol,
                                "SETTINGS: ENABLE_CONNECT_PROTOCOL is neither 0 nor 1");
      }
      break;
    case SettingId::no_rfc7540_priorities:
      if (entry.value > 1) {
        return connection_error(Status::protocol,
                                "SETTINGS: NO_RFC7540_PRIORITIES is neither 0 nor 1");
      }
      break;
    default: break;
  }
  return proceed();
}

Settings::~Settings() {
  while (oldest())
    release_oldest();
}

Status Settings::announce(Slice<const SettingsEntry> entries) {
  void* place =
      allocator_->allocate(sizeof(InflightSettings) + entries.size() * sizeof(SettingsEntry));
  if (!place) return Status::no_memory;
  auto* inflight = new (place) InflightSettings{{}, entries.size()};
  for (size_t i = 0; i < entries.size(); ++i) {
    const SettingsEntry& entry = entries[i];
    inflight->entries()[i] = entry;
    switch (SettingId(entry.settings_id)) {
      case SettingId::max_concurrent_streams: pending_max_concurrent_streams = entry.value; break;
      case SettingId::enable_push: pending_enable_push = entry.value != 0; break;
      case SettingId::enable_connect_protocol:
        pending_enable_connect_protocol = entry.value != 0;
        break;
      case SettingId::no_rfc7540_priorities: pending_no_rfc7540_priorities = entry.value; break;
      default: break;
    }
  }
  // RFC 9218 §2.1: the first SETTINGS frame settles it.
  if (pending_no_rfc7540_priorities == kUnlimited) pending_no_rfc7540_priorities = 0;
  inflight_.push_back(inflight);
  return Status::ok;
}

void Settings::forget_last() {
  InflightSettings* last = inflight_.back();
  inflight_.remove(last);
  allocator_->free(last);
}

void Settings::release_oldest() {
  allocator_->free(inflight_.pop_front());
}

}  // namespace nghttp2::session
