// SPDX-License-Identifier: MIT
// Huffman-coded strings (RFC 7541 §5.2).
#pragma once

#include "base/bytes.h"

namespace nghttp2::hpack {

// Writes the encoded text to out if that is shorter than the text, and returns its length;
// otherwise returns 0, and what out points to is undefined. There must be room for text.size()
// octets; up to room_end more may be overwritten.
size_t huffman_encode_if_shorter(Bytes text, uint8_t* out, const uint8_t* room_end);

// Room to be provided for decoding so many octets, more than the text can have.
inline constexpr size_t huffman_decoded_room(size_t encoded) {
  return encoded + encoded * 3 / 5 + 10;
}

// Decodes a whole string into out and returns the end of the text, or nullptr if the code or its
// padding is invalid. Memory up to readable_end may be read, and is not made use of.
uint8_t* huffman_decode(Bytes encoded, const uint8_t* readable_end, uint8_t* out);

// Decodes a string that arrives in pieces; an error is noticed as early as possible.
class HuffmanDecoder {
 public:
  void start() { *this = {}; }
  // Appends to out, where huffman_decoded_room(part.size() + 4) octets must be free, and returns
  // the end of the text; nullptr if the code is invalid.
  uint8_t* feed(Bytes part, uint8_t* out);
  // Whether the string may end here.
  bool is_complete() const;

 private:
  uint64_t bits_ = 0;  // not decoded yet, left-aligned
  unsigned bit_count_ = 0;
};

}  // namespace nghttp2::hpack
