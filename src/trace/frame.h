// SPDX-License-Identifier: MIT
// A frame as it was on the wire (RFC 9113 §4.1), and the parts of its payload.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace trace {

using Octets = std::span<const std::uint8_t>;

enum class Direction { received, sent };

struct FrameHead {
  std::uint32_t length = 0;
  std::uint8_t type = 0;
  std::uint8_t flags = 0;
  bool reserved_bit = false;
  std::int32_t stream_id = 0;

  bool has(std::uint8_t flag) const { return (flags & flag) != 0; }
};

struct Frame {
  FrameHead head;
  Octets payload;  // shorter than the head says if the frame is not complete

  bool is_complete() const { return payload.size() == head.length; }
};

// RFC 9113 §6.3.
struct Priority {
  bool exclusive = false;
  std::int32_t dependency = 0;
  unsigned weight = 0;  // as it is meant: 1 to 256
};

// DATA, HEADERS, PUSH_PROMISE and CONTINUATION, taken apart.
struct Parts {
  // The payload ends before its parts do; only what came before is there.
  bool is_too_short = false;
  std::optional<std::uint8_t> pad_length;
  std::optional<Priority> priority;
  std::optional<std::int32_t> promised_stream_id;
  bool promised_reserved_bit = false;
  Octets content;  // data, or a fragment of a header block
  Octets padding;
  bool is_padding_too_long = false;
};
Parts parts_of(const Frame& frame);

// Reads numbers in network byte order, and other octets. Past the end there are zeros and nothing.
class Reader {
 public:
  explicit Reader(Octets octets) : rest_(octets) {}

  std::uint32_t number(std::size_t octets);
  // A number of 31 bits behind a bit of its own, which reserved_bit() returns afterwards.
  std::int32_t id();
  bool reserved_bit() const { return reserved_bit_; }
  Octets octets(std::size_t count);
  Octets rest() const { return rest_; }
  // Whether something was asked for that is not there.
  bool has_failed() const { return has_failed_; }

 private:
  Octets rest_;
  bool reserved_bit_ = false;
  bool has_failed_ = false;
};

}  // namespace trace
