// SPDX-License-Identifier: MIT
// The frames that a client sends (RFC 9113 §6).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "base/buffer.h"

namespace h2load {

using Octets = std::span<const std::uint8_t>;

inline constexpr std::size_t kFrameHeadBytes = 9;
inline constexpr std::uint32_t kDefaultFrameBytes = 16 * 1024;

struct FrameHead {
  std::uint32_t length = 0;
  std::uint8_t type = 0;
  std::uint8_t flags = 0;
  std::int32_t stream = 0;
};

// `octets` has at least kFrameHeadBytes.
FrameHead read_frame_head(Octets octets);
std::uint16_t read_uint16(Octets octets);
std::uint32_t read_uint32(Octets octets);

// Appends frames.
class FrameWriter {
 public:
  explicit FrameWriter(base::Buffer& output) : output_(output) {}

  using Setting = std::pair<std::uint16_t, std::uint32_t>;

  void preface();
  void settings(std::span<const Setting> settings);
  void settings_ack();
  // With as many CONTINUATIONs as a block of that length needs.
  void headers(std::int32_t stream, Octets block, bool end_stream, std::size_t max_frame_bytes);
  void data(std::int32_t stream, std::string_view content, bool end_stream);
  void window_update(std::int32_t stream, std::uint32_t increment);
  void reset(std::int32_t stream, std::uint32_t error_code);
  void ping_ack(Octets opaque);
  void goaway(std::uint32_t error_code);

 private:
  void head(std::size_t length, std::uint8_t type, std::uint8_t flags, std::int32_t stream);
  void uint32(std::uint32_t value);

  base::Buffer& output_;
};

}  // namespace h2load
