// SPDX-License-Identifier: MIT
// The Huffman code alone: nanoseconds per octet of text, for texts of several kinds and lengths.
#include <string>
#include <vector>

#include "hpack/huffman.h"
#include "measure.h"

namespace {

using nghttp2::Bytes;
using nghttp2::hpack::huffman_decode;
using nghttp2::hpack::huffman_decoded_room;
using nghttp2::hpack::huffman_encode_if_shorter;

struct Sample {
  const char* name;
  std::string text;
};

std::vector<Sample> samples() {
  std::string token;
  for (unsigned i = 0; i < 48; ++i)
    token += "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[i * 37 % 64];
  std::string digits;
  for (unsigned i = 0; i < 1000; ++i)
    digits += char('0' + i * 7 % 10);
  return {{"word", "gzip, deflate"},
          {"date", "Mon, 21 Oct 2013 20:13:21 GMT"},
          {"user agent", "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0"},
          {"base64", token},
          {"1000 digits", digits}};
}

Bytes bytes_of(const std::string& text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

void run(const Sample& sample) {
  constexpr int kRounds = 20000;
  const Bytes text = bytes_of(sample.text);
  std::vector<uint8_t> encoded(text.size() + 8);
  std::vector<uint8_t> decoded(huffman_decoded_room(encoded.size()));
  const uint8_t* const room_end = encoded.data() + encoded.size();
  const size_t length = huffman_encode_if_shorter(text, encoded.data(), room_end);
  const double octets = double(kRounds) * double(text.size());
  const double shortened = double(length) / double(text.size());

  const double encoding = bench::measure(octets, [&] {
    for (int i = 0; i < kRounds; ++i)
      huffman_encode_if_shorter(text, encoded.data(), room_end);
  });
  bench::print(("huffman encode: " + std::string(sample.name)).c_str(), "octet", encoding,
               shortened);
  const double decoding = bench::measure(octets, [&] {
    for (int i = 0; i < kRounds; ++i)
      huffman_decode({encoded.data(), length}, room_end, decoded.data());
  });
  bench::print(("huffman decode: " + std::string(sample.name)).c_str(), "octet", decoding,
               shortened);
}

}  // namespace

int main() {
  for (const Sample& sample : samples())
    run(sample);
}
