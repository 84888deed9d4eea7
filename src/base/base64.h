// SPDX-License-Identifier: MIT
// Base 64 and URL-safe base 64 (RFC 4648 §4, §5).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace base {

// Standard alphabet with padding.
std::string encode_base64(std::span<const uint8_t> bytes);
// URL and file name safe alphabet without padding, as HTTP2-Settings uses it (RFC 7540 §3.2.1).
std::string encode_base64url(std::span<const uint8_t> bytes);

// Strict: padding required, no foreign characters, unused bits zero.
std::optional<std::string> decode_base64(std::string_view text);
// Padding must be absent.
std::optional<std::string> decode_base64url(std::string_view text);

}  // namespace base
