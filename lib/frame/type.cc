// SPDX-License-Identifier: MIT
// Names of frame types, error codes and settings.
#include "frame/type.h"

#include "base/table.h"
#include "frame/rules.h"

namespace nghttp2::frame {
namespace {

constexpr Table<const char*, 14> kErrorCodeNames = {{
    "NO_ERROR",
    "PROTOCOL_ERROR",
    "INTERNAL_ERROR",
    "FLOW_CONTROL_ERROR",
    "SETTINGS_TIMEOUT",
    "STREAM_CLOSED",
    "FRAME_SIZE_ERROR",
    "REFUSED_STREAM",
    "CANCEL",
    "COMPRESSION_ERROR",
    "CONNECT_ERROR",
    "ENHANCE_YOUR_CALM",
    "INADEQUATE_SECURITY",
    "HTTP_1_1_REQUIRED",
}};

constexpr char kUnknown[] = "unknown";

}  // namespace

const char* frame_type_name(uint8_t type) {
  const FrameRule& rule = rule_of(type);
  return &rule == &extension_rule() ? kUnknown : rule.name;
}

const char* error_code_name(uint32_t error_code) {
  return error_code < kErrorCodeNames.size() ? kErrorCodeNames[error_code] : kUnknown;
}

const char* setting_name(uint16_t id) {
  switch (SettingId(id)) {
    case SettingId::header_table_size: return "SETTINGS_HEADER_TABLE_SIZE";
    case SettingId::enable_push: return "SETTINGS_ENABLE_PUSH";
    case SettingId::max_concurrent_streams: return "SETTINGS_MAX_CONCURRENT_STREAMS";
    case SettingId::initial_window_size: return "SETTINGS_INITIAL_WINDOW_SIZE";
    case SettingId::max_frame_size: return "SETTINGS_MAX_FRAME_SIZE";
    case SettingId::max_header_list_size: return "SETTINGS_MAX_HEADER_LIST_SIZE";
    case SettingId::enable_connect_protocol: return "SETTINGS_ENABLE_CONNECT_PROTOCOL";
    case SettingId::no_rfc7540_priorities: return "SETTINGS_NO_RFC7540_PRIORITIES";
  }
  return kUnknown;
}

}  // namespace nghttp2::frame
