// SPDX-License-Identifier: MIT
// Builds the bytes of HTTP/2 frames, well formed or not, one call a frame (RFC 9113 section 4).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace support {

struct Field {
  std::string name;
  std::string value;
  bool never_index = false;
};
using Fields = std::vector<Field>;

// The four pseudo-fields of a request to https://example.org, then `more`.
Fields request_fields(std::string_view method, std::string_view path, Fields more = {});

// The :status pseudo-field, then `more`.
Fields response_fields(std::string_view status, Fields more = {});

// A header block of literals without indexing and without Huffman coding (RFC 7541 section 6.2.2),
// so that the bytes of a scenario are the same whatever went before.
std::string header_block(const Fields& fields);

struct Priority {
  std::uint32_t dependency = 0;
  unsigned weight = 16;
  bool exclusive = false;
};

using Setting = std::pair<std::uint16_t, std::uint32_t>;

// Appends frames to a byte string. Padding is put in by `padded`, priority by `prioritized`.
class Wire {
 public:
  Wire& raw(std::string_view bytes);
  Wire& magic();
  Wire& frame(std::uint8_t type, std::uint8_t flags, std::uint32_t stream_id,
              std::string_view payload);
  Wire& data(std::uint32_t stream_id, std::string_view bytes, std::uint8_t flags = 0);
  Wire& headers(std::uint32_t stream_id, const Fields& fields, std::uint8_t flags);
  Wire& priority(std::uint32_t stream_id, const Priority& priority);
  Wire& rst_stream(std::uint32_t stream_id, std::uint32_t error_code);
  Wire& settings(const std::vector<Setting>& entries = {});
  Wire& settings_ack();
  Wire& push_promise(std::uint32_t stream_id, std::uint32_t promised_id, const Fields& fields);
  Wire& ping(std::string_view opaque_data, bool ack = false);
  Wire& goaway(std::uint32_t last_stream_id, std::uint32_t error_code, std::string_view debug = {});
  Wire& window_update(std::uint32_t stream_id, std::uint32_t increment);
  Wire& continuation(std::uint32_t stream_id, std::string_view block, std::uint8_t flags);

  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// Big-endian integers of `octets` octets.
std::string big_endian(std::uint64_t value, unsigned octets);
std::uint32_t read_big_endian(std::string_view bytes);

// `payload` between the pad length octet and `pad_length` zero octets (RFC 9113 section 6.1).
std::string padded(std::string_view payload, unsigned pad_length);

// The five octets of the deprecated priority signal, then `block` (RFC 7540 section 6.2).
std::string prioritized(std::string_view block, const Priority& priority);

// The payload of a SETTINGS frame.
std::string settings_payload(const std::vector<Setting>& entries);

}  // namespace support
