// SPDX-License-Identifier: MIT
// The Huffman code (RFC 7541 Appendix B), derived from the lengths of its codes.
#pragma once

#include <cstdint>

#include "base/table.h"

namespace nghttp2::hpack {

inline constexpr unsigned kSymbolCount = 257;
inline constexpr unsigned kEndOfString = 256;
inline constexpr unsigned kShortestCode = 5;
inline constexpr unsigned kLongestCode = 30;

// Bits of the code of each octet, and of the end of string.
inline constexpr Table<uint8_t, kSymbolCount> kCodeLengths = {{
    13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28,  //
    28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,  //
    6,  10, 10, 12, 13, 6,  8,  11, 10, 10, 8,  11, 8,  6,  6,  6,   //
    5,  5,  5,  6,  6,  6,  6,  6,  6,  6,  7,  8,  15, 6,  12, 10,  //
    13, 6,  7,  7,  7,  7,  7,  7,  7,  7,  7,  7,  7,  7,  7,  7,   //
    7,  7,  7,  7,  7,  7,  7,  7,  8,  7,  8,  13, 19, 13, 14, 6,   //
    15, 5,  6,  5,  6,  5,  6,  6,  6,  5,  7,  7,  6,  6,  6,  5,   //
    6,  7,  6,  5,  5,  6,  7,  7,  7,  7,  7,  15, 11, 14, 13, 28,  //
    20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23,  //
    24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,  //
    22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23,  //
    21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,  //
    26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25,  //
    19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,  //
    20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23,  //
    26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,  //
    30,
}};

// The code is canonical: codes of one length are consecutive numbers in the order of the symbols,
// and the first of each length continues where the shorter ones have ended.
struct HuffmanCode {
  Table<uint32_t, kSymbolCount> codes{};  // right-aligned
  // Indexed by length: the first code, where its symbol stands in by_code, and the end of all
  // codes up to that length, left-aligned in 32 bits.
  Table<uint32_t, kLongestCode + 1> first_codes{};
  Table<uint16_t, kLongestCode + 1> first_places{};
  Table<uint64_t, kLongestCode + 1> ends{};
  Table<uint16_t, kSymbolCount> by_code{};  // symbols in the order of their codes
};

consteval HuffmanCode derive_huffman_code() {
  HuffmanCode result;
  uint32_t code = 0;
  uint16_t place = 0;
  for (unsigned length = 1; length <= kLongestCode; ++length) {
    code <<= 1;
    result.first_codes[length] = code;
    result.first_places[length] = place;
    for (unsigned symbol = 0; symbol < kSymbolCount; ++symbol) {
      if (kCodeLengths[symbol] != length) continue;
      result.codes[symbol] = code++;
      result.by_code[place++] = uint16_t(symbol);
    }
    result.ends[length] = uint64_t(code) << (32 - length);
  }
  return result;
}

inline constexpr HuffmanCode kHuffmanCode = derive_huffman_code();

// The code is complete: its last word is the end of string, and consists of ones only.
static_assert(kHuffmanCode.codes[kEndOfString] == (1u << kLongestCode) - 1);

}  // namespace nghttp2::hpack
