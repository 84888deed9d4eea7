// SPDX-License-Identifier: MIT
// The Huffman code alone, for texts of several kinds and lengths. An item is an octet of text.
#include <string>
#include <vector>

#include "hpack/huffman.h"
#include "layer_cases.h"
#include "options.h"

namespace bench {

namespace {

using nghttp2::Bytes;
using namespace nghttp2::hpack;

struct Sample {
  std::string name;
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
          {"user_agent", "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0"},
          {"base64", token},
          {"digits", digits}};
}

Bytes bytes_of(const std::string& text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

void encode(benchmark::State& state, const std::string& text) {
  std::vector<uint8_t> encoded(text.size() + 8);
  const uint8_t* const room_end = encoded.data() + encoded.size();
  size_t length = 0;
  measure(state, double(text.size()), [&] {
    length = huffman_encode_if_shorter(bytes_of(text), encoded.data(), room_end);
    benchmark::ClobberMemory();
  });
  state.counters["size_ratio"] = double(length) / double(text.size());
}

void decode(benchmark::State& state, const std::string& text) {
  std::vector<uint8_t> encoded(text.size() + 8);
  std::vector<uint8_t> decoded(huffman_decoded_room(encoded.size()));
  const uint8_t* const readable_end = encoded.data() + encoded.size();
  const size_t length = huffman_encode_if_shorter(bytes_of(text), encoded.data(), readable_end);
  const uint8_t* end = nullptr;
  measure(state, double(text.size()), [&] {
    end = huffman_decode({encoded.data(), length}, readable_end, decoded.data());
    benchmark::ClobberMemory();
  });
  if (std::string(decoded.data(), decoded.data() + (end - decoded.data())) != text) {
    fail("huffman_decode");
  }
}

}  // namespace

void add_huffman_cases() {
  for (const Sample& sample : samples()) {
    add_case("huffman/encode/" + sample.name,
             [text = sample.text](benchmark::State& state) { encode(state, text); });
    add_case("huffman/decode/" + sample.name,
             [text = sample.text](benchmark::State& state) { decode(state, text); });
  }
}

}  // namespace bench
