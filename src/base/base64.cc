// SPDX-License-Identifier: MIT
// Base 64 and URL-safe base 64 (RFC 4648 §4, §5).
#include "base/base64.h"

#include <array>

namespace base {

namespace {

constexpr char kStandard[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr char kUrlSafe[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

using Values = std::array<int8_t, 256>;

constexpr Values invert(const char* alphabet) {
  Values values{};
  values.fill(-1);
  for (int i = 0; i < 64; ++i) {
    values[static_cast<uint8_t>(alphabet[i])] = static_cast<int8_t>(i);
  }
  return values;
}

constexpr Values kStandardValues = invert(kStandard);
constexpr Values kUrlSafeValues = invert(kUrlSafe);

std::string encode(std::span<const uint8_t> bytes, const char* alphabet, bool padding) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const size_t count = std::min<size_t>(3, bytes.size() - i);
    uint32_t group = 0;
    for (size_t j = 0; j < 3; ++j)
      group = group << 8 | (j < count ? bytes[i + j] : 0u);
    for (size_t j = 0; j <= count; ++j)
      text += alphabet[group >> (18 - 6 * j) & 63];
    if (padding) text.append(3 - count, '=');
  }
  return text;
}

std::optional<std::string> decode(std::string_view text, const Values& values) {
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 2);
  uint32_t bits = 0;
  unsigned bit_count = 0;
  for (const char c : text) {
    const int value = values[static_cast<uint8_t>(c)];
    if (value < 0) return std::nullopt;
    bits = (bits << 6 | static_cast<uint32_t>(value)) & 0xfff;
    bit_count += 6;
    if (bit_count >= 8) {
      bit_count -= 8;
      bytes += static_cast<char>(bits >> bit_count);
    }
  }
  // Only one spelling per value: the bits beyond the last byte are zero.
  if (bits & ((1u << bit_count) - 1)) return std::nullopt;
  return bytes;
}

}  // namespace

std::string encode_base64(std::span<const uint8_t> bytes) {
  return encode(bytes, kStandard, true);
}

std::string encode_base64url(std::span<const uint8_t> bytes) {
  return encode(bytes, kUrlSafe, false);
}

std::optional<std::string> decode_base64(std::string_view text) {
  if (text.size() % 4) return std::nullopt;
  for (int i = 0; i < 2 && text.ends_with('='); ++i)
    text.remove_suffix(1);
  return decode(text, kStandardValues);
}

std::optional<std::string> decode_base64url(std::string_view text) {
  return decode(text, kUrlSafeValues);
}

}  // namespace base
