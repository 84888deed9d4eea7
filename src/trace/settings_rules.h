// SPDX-License-Identifier: MIT
// The rules that a server's settings break, and when ours are in force (RFC 9113 §6.5).
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "trace/breaches.h"
#include "trace/frame.h"

namespace trace {

// The values of a SETTINGS frame that other rules need.
struct SettingsValues {
  std::optional<std::uint32_t> enable_push;
  std::optional<std::uint32_t> max_concurrent_streams;
  std::optional<std::uint32_t> initial_window_size;
};
SettingsValues read_settings(Octets payload);

class PeerSettings {
 public:
  // A SETTINGS frame without ACK.
  void check(Octets payload, Breaches& breaches);

 private:
  void check_value(std::uint32_t identifier, std::uint32_t value, Breaches& breaches);

  bool is_first_ = true;
  std::uint32_t connect_protocol_ = 0;
  std::uint32_t no_priorities_ = 0;
};

// What we allow. A server has to keep to it once it has acknowledged it, and may before.
class OwnSettings {
 public:
  void sent(const SettingsValues& values);
  // Returns by how much the windows of streams have grown.
  std::int64_t acknowledged();
  void apply(const SettingsValues& values);

  bool enable_push() const { return enable_push_; }
  std::uint32_t max_concurrent_streams() const { return max_concurrent_streams_; }
  std::int64_t initial_window() const { return initial_window_; }
  // By how much a window may be overrun, as a larger one has been announced.
  std::int64_t announced_growth() const;

 private:
  std::deque<SettingsValues> announced_;
  bool enable_push_ = true;
  std::uint32_t max_concurrent_streams_ = UINT32_MAX;
  std::int64_t initial_window_ = 65535;
};

}  // namespace trace
