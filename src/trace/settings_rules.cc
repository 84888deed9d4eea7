// SPDX-License-Identifier: MIT
// The rules that a server's settings break, and when ours are in force.
#include "trace/settings_rules.h"

#include <nghttp2/nghttp2.h>

#include <algorithm>

namespace trace {

namespace {

constexpr std::uint32_t kMaxWindow = 0x7fffffff;
constexpr std::uint32_t kMinFrameSize = 16384;
constexpr std::uint32_t kMaxFrameSize = 16777215;

}  // namespace

SettingsValues read_settings(Octets payload) {
  SettingsValues values;
  Reader reader(payload);
  while (!reader.rest().empty()) {
    const std::uint32_t identifier = reader.number(2);
    const std::uint32_t value = reader.number(4);
    switch (identifier) {
      case NGHTTP2_SETTINGS_ENABLE_PUSH: values.enable_push = value; break;
      case NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS: values.max_concurrent_streams = value; break;
      case NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE: values.initial_window_size = value; break;
      default: break;
    }
  }
  return values;
}

void PeerSettings::check(Octets payload, Breaches& breaches) {
  Reader reader(payload);
  while (!reader.rest().empty()) {
    const std::uint32_t identifier = reader.number(2);
    const std::uint32_t value = reader.number(4);
    if (!reader.has_failed()) check_value(identifier, value, breaches);
  }
  is_first_ = false;
}

void PeerSettings::check_value(std::uint32_t identifier, std::uint32_t value, Breaches& breaches) {
  const std::string text = std::to_string(value);
  switch (identifier) {
    case NGHTTP2_SETTINGS_ENABLE_PUSH: breaches.add_if(value != 0, rules::kEnablePush, text); break;
    case NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE:
      breaches.add_if(value > kMaxWindow, rules::kInitialWindowSize, text);
      break;
    case NGHTTP2_SETTINGS_MAX_FRAME_SIZE:
      breaches.add_if(value < kMinFrameSize || value > kMaxFrameSize, rules::kMaxFrameSize, text);
      break;
    case NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL:
      breaches.add_if(value > 1, rules::kEnableConnect, text);
      breaches.add_if(value == 0 && connect_protocol_ == 1, rules::kConnectWithdrawn);
      connect_protocol_ = value;
      break;
    case NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES:
      breaches.add_if(value > 1, rules::kNoPriorities, text);
      breaches.add_if(!is_first_ && value != no_priorities_, rules::kNoPrioritiesChanged, text);
      no_priorities_ = value;
      break;
    default: break;
  }
}

void OwnSettings::sent(const SettingsValues& values) {
  announced_.push_back(values);
}

std::int64_t OwnSettings::acknowledged() {
  if (announced_.empty()) return 0;
  const std::int64_t before = initial_window_;
  apply(announced_.front());
  announced_.pop_front();
  return initial_window_ - before;
}

void OwnSettings::apply(const SettingsValues& values) {
  if (values.enable_push) enable_push_ = *values.enable_push != 0;
  max_concurrent_streams_ = values.max_concurrent_streams.value_or(max_concurrent_streams_);
  if (values.initial_window_size) initial_window_ = *values.initial_window_size;
}

std::int64_t OwnSettings::announced_growth() const {
  std::int64_t largest = initial_window_;
  for (const SettingsValues& values : announced_)
    largest = std::max<std::int64_t>(largest, values.initial_window_size.value_or(0));
  return largest - initial_window_;
}

}  // namespace trace
