// SPDX-License-Identifier: MIT
// Client or server, and which of the two owns a stream identifier (RFC 9113 §5.1.1).
#pragma once

#include <cstdint>

namespace nghttp2::session {

enum class Role : uint8_t { client, server };

// Clients open odd streams, servers even ones.
inline constexpr bool is_local_stream(Role role, int32_t stream_id) {
  return stream_id != 0 && ((stream_id & 1) != 0) == (role == Role::client);
}

}  // namespace nghttp2::session
