// SPDX-License-Identifier: MIT
// The settings of both sides (RFC 9113 §6.5) and those of ours that wait for acknowledgement.
#pragma once

#include "base/allocator.h"
#include "base/bytes.h"
#include "base/list.h"
#include "frame/type.h"
#include "session/verdict.h"

namespace nghttp2::session {

inline constexpr uint32_t kUnlimited = UINT32_MAX;

struct SettingValues {
  uint32_t header_table_size = 4096;
  uint32_t enable_push = 1;
  uint32_t max_concurrent_streams = kUnlimited;
  uint32_t initial_window_size = 65535;
  uint32_t max_frame_size = 16384;
  uint32_t max_header_list_size = kUnlimited;
  uint32_t enable_connect_protocol = 0;
  uint32_t no_rfc7540_priorities = kUnlimited;  // unlimited: not stated yet

  // nullptr for an identifier that RFC 9113 §6.5.2 and its extensions do not define.
  uint32_t* find(int32_t id);
};

// The fault of a value by RFC 9113 §6.5.2, RFC 8441 §3, RFC 9218 §2.1; a proceeding verdict if
// there is none.
Verdict check_setting_value(const SettingsEntry& entry);

// One SETTINGS frame of ours that the peer has not acknowledged.
struct InflightSettings {
  ListLink<InflightSettings> link;
  size_t count;

  SettingsEntry* entries() { return reinterpret_cast<SettingsEntry*>(this + 1); }
  Slice<const SettingsEntry> slice() { return {entries(), count}; }
};

class Settings {
 public:
  explicit Settings(const Allocator& allocator) : allocator_(&allocator) {}
  Settings(const Settings&) = delete;
  Settings& operator=(const Settings&) = delete;
  ~Settings();

  SettingValues local;   // acknowledged by the peer, so both sides go by them
  SettingValues remote;  // stated by the peer

  // What we have announced takes effect for refusals before the acknowledgement comes.
  uint32_t pending_max_concurrent_streams = kUnlimited;
  bool pending_enable_push = true;
  bool pending_enable_connect_protocol = false;
  uint32_t pending_no_rfc7540_priorities = kUnlimited;

  // What is assumed of the peer until its first SETTINGS frame, which begins with no limit.
  void assume_remote_limit(uint32_t max_concurrent_streams) {
    remote.max_concurrent_streams = max_concurrent_streams;
  }
  void begin_remote() {
    if (!remote_known_) remote.max_concurrent_streams = kUnlimited;
    remote_known_ = true;
  }

  bool has_announced() const { return pending_no_rfc7540_priorities != kUnlimited; }
  // Remembers a frame that is about to be sent. Makes its values pending.
  [[nodiscard]] Status announce(Slice<const SettingsEntry> entries);
  // The frame could not be queued after all.
  void forget_last();
  // The oldest unacknowledged frame, or null; the caller releases it.
  InflightSettings* oldest() const { return inflight_.front(); }
  void release_oldest();

 private:
  using Inflight = List<InflightSettings, &InflightSettings::link>;

  const Allocator* allocator_;
  Inflight inflight_;
  bool remote_known_ = false;
};

}  // namespace nghttp2::session
