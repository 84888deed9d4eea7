// SPDX-License-Identifier: MIT
// Builds the bytes of HTTP/2 frames, well formed or not, one call a frame (RFC 9113 section 4).
#include "support/wire.h"

#include <nghttp2/nghttp2.h>

namespace support {
namespace {

// RFC 7541 section 5.1, with a prefix of `prefix_bits` under the bits of `first`.
std::string hpack_integer(std::uint8_t first, unsigned prefix_bits, std::size_t value) {
  const std::size_t limit = (1u << prefix_bits) - 1;
  std::string out;
  if (value < limit) {
    out.push_back(static_cast<char>(first | value));
    return out;
  }
  out.push_back(static_cast<char>(first | limit));
  for (value -= limit; value >= 0x80; value >>= 7) {
    out.push_back(static_cast<char>(0x80 | (value & 0x7f)));
  }
  out.push_back(static_cast<char>(value));
  return out;
}

std::string hpack_string(std::string_view text) {
  return hpack_integer(0, 7, text.size()).append(text);
}

Fields joined(Fields head, Fields tail) {
  for (Field& field : tail)
    head.push_back(std::move(field));
  return head;
}

}  // namespace

Fields request_fields(std::string_view method, std::string_view path, Fields more) {
  return joined({{":method", std::string(method)},
                 {":scheme", "https"},
                 {":path", std::string(path)},
                 {":authority", "example.org"}},
                std::move(more));
}

Fields response_fields(std::string_view status, Fields more) {
  return joined({{":status", std::string(status)}}, std::move(more));
}

std::string header_block(const Fields& fields) {
  std::string block;
  for (const Field& field : fields) {
    block.push_back(field.never_index ? 0x10 : 0x00);
    block += hpack_string(field.name) + hpack_string(field.value);
  }
  return block;
}

std::string big_endian(std::uint64_t value, unsigned octets) {
  std::string out;
  while (octets > 0) {
    --octets;
    out.push_back(static_cast<char>((value >> (8 * octets)) & 0xff));
  }
  return out;
}

std::uint32_t read_big_endian(std::string_view bytes) {
  std::uint32_t value = 0;
  for (const char c : bytes)
    value = (value << 8) | static_cast<std::uint8_t>(c);
  return value;
}

std::string padded(std::string_view payload, unsigned pad_length) {
  std::string out = big_endian(pad_length, 1).append(payload);
  return out.append(pad_length, '\0');
}

std::string prioritized(std::string_view block, const Priority& priority) {
  const std::uint32_t exclusive_bit = priority.exclusive ? 0x80000000u : 0;
  return (big_endian(priority.dependency | exclusive_bit, 4) + big_endian(priority.weight - 1, 1))
      .append(block);
}

std::string settings_payload(const std::vector<Setting>& entries) {
  std::string payload;
  for (const auto& [id, value] : entries)
    payload += big_endian(id, 2) + big_endian(value, 4);
  return payload;
}

Wire& Wire::raw(std::string_view bytes) {
  bytes_.append(bytes);
  return *this;
}

Wire& Wire::magic() {
  return raw({NGHTTP2_CLIENT_MAGIC, NGHTTP2_CLIENT_MAGIC_LEN});
}

Wire& Wire::frame(std::uint8_t type, std::uint8_t flags, std::uint32_t stream_id,
                  std::string_view payload) {
  bytes_ += big_endian(payload.size(), 3) + big_endian(type, 1) + big_endian(flags, 1) +
            big_endian(stream_id, 4);
  return raw(payload);
}

Wire& Wire::data(std::uint32_t stream_id, std::string_view bytes, std::uint8_t flags) {
  return frame(NGHTTP2_DATA, flags, stream_id, bytes);
}

Wire& Wire::headers(std::uint32_t stream_id, const Fields& fields, std::uint8_t flags) {
  return frame(NGHTTP2_HEADERS, flags, stream_id, header_block(fields));
}

Wire& Wire::priority(std::uint32_t stream_id, const Priority& priority) {
  return frame(NGHTTP2_PRIORITY, 0, stream_id, prioritized({}, priority));
}

Wire& Wire::rst_stream(std::uint32_t stream_id, std::uint32_t error_code) {
  return frame(NGHTTP2_RST_STREAM, 0, stream_id, big_endian(error_code, 4));
}

Wire& Wire::settings(const std::vector<Setting>& entries) {
  return frame(NGHTTP2_SETTINGS, 0, 0, settings_payload(entries));
}

Wire& Wire::settings_ack() {
  return frame(NGHTTP2_SETTINGS, NGHTTP2_FLAG_ACK, 0, {});
}

Wire& Wire::push_promise(std::uint32_t stream_id, std::uint32_t promised_id, const Fields& fields) {
  return frame(NGHTTP2_PUSH_PROMISE, NGHTTP2_FLAG_END_HEADERS, stream_id,
               big_endian(promised_id, 4) + header_block(fields));
}

Wire& Wire::ping(std::string_view opaque_data, bool ack) {
  return frame(NGHTTP2_PING, ack ? NGHTTP2_FLAG_ACK : 0, 0, opaque_data);
}

Wire& Wire::goaway(std::uint32_t last_stream_id, std::uint32_t error_code, std::string_view debug) {
  return frame(NGHTTP2_GOAWAY, 0, 0,
               (big_endian(last_stream_id, 4) + big_endian(error_code, 4)).append(debug));
}

Wire& Wire::window_update(std::uint32_t stream_id, std::uint32_t increment) {
  return frame(NGHTTP2_WINDOW_UPDATE, 0, stream_id, big_endian(increment, 4));
}

Wire& Wire::continuation(std::uint32_t stream_id, std::string_view block, std::uint8_t flags) {
  return frame(NGHTTP2_CONTINUATION, flags, stream_id, block);
}

}  // namespace support
