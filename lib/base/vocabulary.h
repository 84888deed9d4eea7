// SPDX-License-Identifier: MIT
// The plain value structs that the core shares with the C API, under the core's own names.
// They are shared because callbacks must be handed arrays of them.
#pragma once

#include <nghttp2/nghttp2.h>

// The C API only declares this type: the nodes of the scheduler, and with them the streams, derive
// from it.
struct nghttp2_stream {};

namespace nghttp2 {

using Memory = ::nghttp2_mem;
using FieldView = ::nghttp2_nv;
using SettingsEntry = ::nghttp2_settings_entry;
using PrioritySpec = ::nghttp2_priority_spec;
using Extpri = ::nghttp2_extpri;
using OriginEntry = ::nghttp2_origin_entry;
using DataSource = ::nghttp2_data_source;

inline constexpr uint8_t kFieldNoIndex = NGHTTP2_NV_FLAG_NO_INDEX;
inline constexpr uint8_t kFieldNoCopyName = NGHTTP2_NV_FLAG_NO_COPY_NAME;
inline constexpr uint8_t kFieldNoCopyValue = NGHTTP2_NV_FLAG_NO_COPY_VALUE;

}  // namespace nghttp2
