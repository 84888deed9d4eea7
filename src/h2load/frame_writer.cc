// SPDX-License-Identifier: MIT
// The frames that a client sends.
#include "h2load/frame_writer.h"

#include <nghttp2/nghttp2.h>

#include <algorithm>

namespace h2load {

FrameHead read_frame_head(Octets octets) {
  FrameHead head;
  head.length = static_cast<std::uint32_t>(octets[0] << 16 | octets[1] << 8 | octets[2]);
  head.type = octets[3];
  head.flags = octets[4];
  head.stream = static_cast<std::int32_t>(read_uint32(octets.subspan(5)) & 0x7fffffff);
  return head;
}

std::uint16_t read_uint16(Octets octets) {
  return static_cast<std::uint16_t>(octets[0] << 8 | octets[1]);
}

std::uint32_t read_uint32(Octets octets) {
  return std::uint32_t{octets[0]} << 24 | std::uint32_t{octets[1]} << 16 |
         std::uint32_t{octets[2]} << 8 | octets[3];
}

void FrameWriter::uint32(std::uint32_t value) {
  const std::uint8_t octets[] = {
      static_cast<std::uint8_t>(value >> 24), static_cast<std::uint8_t>(value >> 16),
      static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
  output_.append(Octets(octets));
}

void FrameWriter::head(std::size_t length, std::uint8_t type, std::uint8_t flags,
                       std::int32_t stream) {
  const auto id = static_cast<std::uint32_t>(stream);
  const std::uint8_t octets[kFrameHeadBytes] = {static_cast<std::uint8_t>(length >> 16),
                                                static_cast<std::uint8_t>(length >> 8),
                                                static_cast<std::uint8_t>(length),
                                                type,
                                                flags,
                                                static_cast<std::uint8_t>(id >> 24),
                                                static_cast<std::uint8_t>(id >> 16),
                                                static_cast<std::uint8_t>(id >> 8),
                                                static_cast<std::uint8_t>(id)};
  output_.append(Octets(octets));
}

void FrameWriter::preface() {
  output_.append(std::string_view(NGHTTP2_CLIENT_MAGIC, NGHTTP2_CLIENT_MAGIC_LEN));
}

void FrameWriter::settings(std::span<const Setting> settings) {
  head(6 * settings.size(), NGHTTP2_SETTINGS, 0, 0);
  for (const auto& [id, value] : settings) {
    const std::uint8_t octets[] = {static_cast<std::uint8_t>(id >> 8),
                                   static_cast<std::uint8_t>(id)};
    output_.append(Octets(octets));
    uint32(value);
  }
}

void FrameWriter::settings_ack() {
  head(0, NGHTTP2_SETTINGS, NGHTTP2_FLAG_ACK, 0);
}

void FrameWriter::headers(std::int32_t stream, Octets block, bool end_stream,
                          std::size_t max_frame_bytes) {
  std::uint8_t type = NGHTTP2_HEADERS;
  std::uint8_t flags = end_stream ? NGHTTP2_FLAG_END_STREAM : NGHTTP2_FLAG_NONE;
  do {
    const Octets part = block.first(std::min(block.size(), max_frame_bytes));
    block = block.subspan(part.size());
    if (block.empty()) flags |= NGHTTP2_FLAG_END_HEADERS;
    head(part.size(), type, flags, stream);
    output_.append(part);
    type = NGHTTP2_CONTINUATION;
    flags = NGHTTP2_FLAG_NONE;
  } while (!block.empty());
}

void FrameWriter::data(std::int32_t stream, std::string_view content, bool end_stream) {
  head(content.size(), NGHTTP2_DATA, end_stream ? NGHTTP2_FLAG_END_STREAM : NGHTTP2_FLAG_NONE,
       stream);
  output_.append(content);
}

void FrameWriter::window_update(std::int32_t stream, std::uint32_t increment) {
  head(4, NGHTTP2_WINDOW_UPDATE, 0, stream);
  uint32(increment);
}

void FrameWriter::reset(std::int32_t stream, std::uint32_t error_code) {
  head(4, NGHTTP2_RST_STREAM, 0, stream);
  uint32(error_code);
}

void FrameWriter::ping_ack(Octets opaque) {
  head(opaque.size(), NGHTTP2_PING, NGHTTP2_FLAG_ACK, 0);
  output_.append(opaque);
}

void FrameWriter::goaway(std::uint32_t error_code) {
  head(8, NGHTTP2_GOAWAY, 0, 0);
  uint32(0);  // the server has opened no stream
  uint32(error_code);
}

}  // namespace h2load
