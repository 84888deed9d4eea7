// SPDX-License-Identifier: MIT
// Huffman-coded strings: RFC 7541 §5.2 and Appendix B.
#include "hpack/huffman.h"

#include <memory>
#include <random>
#include <vector>

#include "fields.h"
#include "hpack/huffman_code.h"
#include "support/check.h"

using namespace hpack_test;
using nghttp2::Bytes;
using nghttp2::hpack::huffman_decode;
using nghttp2::hpack::huffman_decoded_room;
using nghttp2::hpack::huffman_encode_if_shorter;
using nghttp2::hpack::HuffmanDecoder;
using nghttp2::hpack::kCodeLengths;
using nghttp2::hpack::kEndOfString;
using nghttp2::hpack::kHuffmanCode;

namespace {

// Bit by bit, straight from the table of codes.
class Bits {
 public:
  Bits& add(uint32_t code, unsigned length) {
    while (length-- > 0)
      add_bit(code >> length & 1);
    return *this;
  }
  Bits& add(std::string_view text) {
    for (const char c : text)
      add(kHuffmanCode.codes[uint8_t(c)], kCodeLengths[uint8_t(c)]);
    return *this;
  }
  size_t count() const { return count_; }
  // Filled up with ones.
  std::string padded() {
    while (count_ % 8 != 0)
      add_bit(1);
    return octets_;
  }

 private:
  void add_bit(unsigned bit) {
    if (count_ % 8 == 0) octets_ += '\0';
    octets_.back() = char(uint8_t(octets_.back()) | bit << (7 - count_ % 8));
    ++count_;
  }

  std::string octets_;
  size_t count_ = 0;
};

constexpr char kInvalid[] = "(invalid)";

// In memory of exactly the size of the string, so that reading beyond it shows.
std::string decode_whole(const std::string& encoded) {
  const std::vector<uint8_t> memory(encoded.begin(), encoded.end());
  const std::unique_ptr<uint8_t[]> out(new uint8_t[huffman_decoded_room(memory.size())]);
  const Bytes bytes = {memory.data(), memory.size()};
  const uint8_t* const end = huffman_decode(bytes, bytes.end(), out.get());
  return end ? text_of({out.get(), size_t(end - out.get())}) : kInvalid;
}

// With octets behind the string that must not matter.
std::string decode_in_front(const std::string& encoded, char follower) {
  const std::string memory = encoded + std::string(16, follower);
  const std::unique_ptr<uint8_t[]> out(new uint8_t[huffman_decoded_room(encoded.size())]);
  const Bytes bytes = bytes_of(memory);
  const uint8_t* const end = huffman_decode(bytes.first(encoded.size()), bytes.end(), out.get());
  return end ? text_of({out.get(), size_t(end - out.get())}) : kInvalid;
}

std::string decode_in_pieces(const std::string& encoded, size_t piece) {
  HuffmanDecoder decoder;
  decoder.start();
  std::string text;
  for (size_t at = 0; at < encoded.size(); at += piece) {
    const std::string part = encoded.substr(at, piece);
    const std::unique_ptr<uint8_t[]> out(new uint8_t[huffman_decoded_room(part.size())]);
    const uint8_t* const end = decoder.feed(bytes_of(part), out.get());
    if (!end) return kInvalid;
    text += text_of({out.get(), size_t(end - out.get())});
  }
  return decoder.is_complete() ? text : kInvalid;
}

// All ways of decoding agree on this outcome.
void check_decodes(const std::string& encoded, const std::string& text) {
  CHECK_BYTES(decode_whole(encoded), text);
  CHECK_BYTES(decode_in_front(encoded, '\0'), text);
  CHECK_BYTES(decode_in_front(encoded, '\xff'), text);
  CHECK_BYTES(decode_in_pieces(encoded, 1), text);
  CHECK_BYTES(decode_in_pieces(encoded, 3), text);
}

// In a buffer with so many octets beyond those of the text.
std::string encode_text(const std::string& text, size_t spare) {
  std::vector<uint8_t> out(text.size() + spare + 1, 0xa5);
  const size_t length =
      huffman_encode_if_shorter(bytes_of(text), out.data(), out.data() + text.size() + spare);
  CHECK_EQ(out.back(), 0xa5);
  return text_of({out.data(), length});
}

void check_encodes(const std::string& text) {
  std::string expected = Bits().add(text).padded();
  if (expected.size() >= text.size()) expected.clear();
  for (const size_t spare : {0, 1, 7, 8, 100})
    CHECK_BYTES(encode_text(text, spare), expected);
}

std::string random_text(std::mt19937& random, size_t size, unsigned first, unsigned last) {
  std::string text;
  while (text.size() < size)
    text += char(first + random() % (last - first + 1));
  return text;
}

}  // namespace

TEST(hpack_huffman, codes_of_the_rfc) {
  // Rows of Appendix B from each group of lengths.
  CHECK_EQ(kHuffmanCode.codes['0'], 0x0);
  CHECK_EQ(kHuffmanCode.codes['t'], 0x9);
  CHECK_EQ(kHuffmanCode.codes[' '], 0x14);
  CHECK_EQ(kHuffmanCode.codes['u'], 0x2d);
  CHECK_EQ(kHuffmanCode.codes[':'], 0x5c);
  CHECK_EQ(kHuffmanCode.codes['Z'], 0xfd);
  CHECK_EQ(kHuffmanCode.codes['!'], 0x3f8);
  CHECK_EQ(kHuffmanCode.codes['|'], 0x7fc);
  CHECK_EQ(kHuffmanCode.codes[0], 0x1ff8);
  CHECK_EQ(kHuffmanCode.codes['\\'], 0x7fff0);
  CHECK_EQ(kHuffmanCode.codes[1], 0x7fffd8);
  CHECK_EQ(kHuffmanCode.codes[192], 0x3ffffe0);
  CHECK_EQ(kHuffmanCode.codes[249], 0xffffffe);
  CHECK_EQ(kHuffmanCode.codes[10], 0x3ffffffc);
  CHECK_EQ(kHuffmanCode.codes[22], 0x3ffffffe);
  CHECK_EQ(kHuffmanCode.codes[kEndOfString], 0x3fffffff);
}

TEST(hpack_huffman, rfc_strings) {
  check_decodes(from_hex("f1e3 c2e5 f23a 6ba0 ab90 f4ff"), "www.example.com");
  check_decodes(from_hex("a8eb 1064 9cbf"), "no-cache");
  check_encodes("www.example.com");
  CHECK_STR(to_hex(encode_text("www.example.com", 0)), "f1e3c2e5f23a6ba0ab90f4ff");
}

TEST(hpack_huffman, every_octet_alone_and_doubled) {
  for (unsigned octet = 0; octet < 256; ++octet) {
    for (size_t count : {1, 2, 3, 9}) {
      const std::string text(count, char(octet));
      check_decodes(Bits().add(text).padded(), text);
      check_encodes(text);
    }
  }
}

TEST(hpack_huffman, every_pair_of_octets) {
  for (unsigned first = 0; first < 256; ++first) {
    for (unsigned second = 0; second < 256; ++second) {
      const std::string text = {char(first), char(second)};
      const std::string encoded = Bits().add(text).padded();
      if (decode_whole(encoded) != text || decode_in_pieces(encoded, 1) != text) {
        CHECK_BYTES(decode_whole(encoded), text);
        return;
      }
    }
  }
  CHECK(true);
}

TEST(hpack_huffman, random_texts) {
  std::mt19937 random(7541);
  for (size_t size = 0; size < 300; ++size) {
    for (const auto& [first, last] : {std::pair{32u, 126u}, {'a', 'z'}, {'0', '9'}, {0u, 255u}}) {
      const std::string text = random_text(random, size, first, last);
      check_decodes(Bits().add(text).padded(), text);
      check_encodes(text);
    }
  }
}

TEST(hpack_huffman, padding_must_be_ones_and_less_than_an_octet) {
  for (const char* text : {"", "a", "0", "www", "12345678", "no-cache, no-store", "~~~~"}) {
    const size_t used = Bits().add(text).count();
    for (unsigned ones = 0; ones < 24; ++ones) {
      Bits bits;
      bits.add(text).add((1u << ones) - 1, ones);
      if (bits.count() % 8 != 0) continue;
      check_decodes(bits.padded(), ones < 8 ? text : kInvalid);
    }
    // Each zero among the bits that fill the octet up.
    const unsigned free = unsigned(-used % 8);
    for (unsigned zero = 0; zero < free; ++zero) {
      const unsigned filling = ((1u << free) - 1) & ~(1u << zero);
      const std::string decoded = decode_whole(Bits().add(text).add(filling, free).padded());
      // Only a complete symbol can make sense of it.
      CHECK(decoded == kInvalid || decoded.size() == std::string(text).size() + 1);
      check_decodes(Bits().add(text).add(filling, free).padded(), decoded);
    }
  }
}

TEST(hpack_huffman, end_of_string_is_an_error) {
  for (const char* text : {"", "a", "www.example.com", "\xf9"}) {
    Bits bits;
    bits.add(text).add(kHuffmanCode.codes[kEndOfString], 30).add("a");
    check_decodes(bits.padded(), kInvalid);
  }
  check_decodes("\xff\xff\xff\xff", kInvalid);
}

TEST(hpack_huffman, truncated_long_codes) {
  for (unsigned octet = 0; octet < 256; ++octet) {
    const std::string whole = Bits().add(std::string(1, char(octet))).padded();
    for (size_t size = 1; size < whole.size(); ++size) {
      const std::string decoded = decode_whole(whole.substr(0, size));
      check_decodes(whole.substr(0, size), decoded);
      // All that precedes the last octet of a long code is the beginning of that code.
      CHECK_BYTES(decoded, kInvalid);
    }
  }
}

TEST(hpack_huffman, random_octets_are_judged_alike_by_all_ways) {
  std::mt19937 random(1);
  for (unsigned round = 0; round < 20000; ++round) {
    const std::string encoded = random_text(random, random() % 40, 0, 255);
    const std::string decoded = decode_whole(encoded);
    check_decodes(encoded, decoded);
    if (decoded != kInvalid) CHECK_BYTES(Bits().add(decoded).padded(), encoded);
  }
}

TEST(hpack_huffman, errors_in_pieces_are_noticed_at_once) {
  HuffmanDecoder decoder;
  decoder.start();
  uint8_t out[32];
  CHECK(decoder.feed(bytes_of("\xff\xff\xff"), out) == out);
  CHECK(decoder.feed(bytes_of("\xff"), out) == nullptr);
}
