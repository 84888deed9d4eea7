// SPDX-License-Identifier: MIT
// From a field name to its token, by a perfect hash that is searched for at compile time.
#include "hpack/token.h"

#include "base/table.h"
#include "hpack/word_access.h"

namespace nghttp2::hpack {
namespace {

constexpr size_t kTokenCount = size_t(Token::none);
constexpr size_t kLongestName = 27;

struct alignas(32) Name {
  uint8_t length;
  uint8_t octets[kLongestName];

  template <size_t N>
  consteval Name(const char (&text)[N]) : length(N - 1), octets() {
    for (size_t i = 0; i + 1 < N; ++i)
      octets[i] = uint8_t(text[i]);
  }
};

// In the order of Token.
constexpr Table<Name, kTokenCount + 1> kNames = {{
    {":authority"},
    {":method"},
    {":path"},
    {":scheme"},
    {":status"},
    {"accept-charset"},
    {"accept-encoding"},
    {"accept-language"},
    {"accept-ranges"},
    {"accept"},
    {"access-control-allow-origin"},
    {"age"},
    {"allow"},
    {"authorization"},
    {"cache-control"},
    {"content-disposition"},
    {"content-encoding"},
    {"content-language"},
    {"content-length"},
    {"content-location"},
    {"content-range"},
    {"content-type"},
    {"cookie"},
    {"date"},
    {"etag"},
    {"expect"},
    {"expires"},
    {"from"},
    {"host"},
    {"if-match"},
    {"if-modified-since"},
    {"if-none-match"},
    {"if-range"},
    {"if-unmodified-since"},
    {"last-modified"},
    {"link"},
    {"location"},
    {"max-forwards"},
    {"proxy-authenticate"},
    {"proxy-authorization"},
    {"range"},
    {"referer"},
    {"refresh"},
    {"retry-after"},
    {"server"},
    {"set-cookie"},
    {"strict-transport-security"},
    {"transfer-encoding"},
    {"user-agent"},
    {"vary"},
    {"via"},
    {"www-authenticate"},
    {"te"},
    {"connection"},
    {"keep-alive"},
    {"proxy-connection"},
    {"upgrade"},
    {"priority"},
    {":protocol"},
    {"http2-settings"},
    {""},  // none
}};

constexpr unsigned kSlotBits = 8;

// Names of four octets and more differ in these two words or in their length; the few shorter ones
// have just as many octets as the hash looks at.
template <typename Load>
constexpr uint32_t features(const uint8_t* octets, size_t length, Load load) {
  if (length < 4) return uint32_t(octets[0]) << 8 | octets[length - 1];
  return load(octets) + load(octets + length - 4) * 8 + uint32_t(length);
}
constexpr uint32_t slot_of(uint32_t features, uint32_t multiplier) {
  return features * multiplier >> (32 - kSlotBits);
}

// As load_native<uint32_t>() at run time.
constexpr uint32_t load_at_compile_time(const uint8_t* p) {
  if (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) {
    return p[0] | uint32_t(p[1]) << 8 | uint32_t(p[2]) << 16 | uint32_t(p[3]) << 24;
  }
  return p[3] | uint32_t(p[2]) << 8 | uint32_t(p[1]) << 16 | uint32_t(p[0]) << 24;
}

struct PerfectHash {
  uint32_t multiplier = 0;
  Token tokens[1u << kSlotBits] = {};
};

constexpr bool try_multiplier(PerfectHash& hash, uint32_t multiplier) {
  hash.multiplier = multiplier;
  for (Token& token : hash.tokens)
    token = Token::none;
  for (size_t i = 0; i < kTokenCount; ++i) {
    const uint32_t slot =
        slot_of(features(kNames[i].octets, kNames[i].length, load_at_compile_time), multiplier);
    if (hash.tokens[slot] != Token::none) return false;
    hash.tokens[slot] = Token(i);
  }
  return true;
}

consteval PerfectHash find_perfect_hash() {
  PerfectHash hash;
  // The first one that fits was far from where a search would begin. It goes on from here when
  // another name joins the list.
  uint32_t multiplier = 0x495eda85;
  while (!try_multiplier(hash, multiplier))
    multiplier = multiplier * 1664525 + 1013904223;
  return hash;
}
constexpr PerfectHash kHash = find_perfect_hash();

}  // namespace

Token token_of(Bytes name) {
  if (name.size() - 1 >= kLongestName) return Token::none;
  const uint32_t found = features(name.data(), name.size(), load_native<uint32_t>);
  const Token token = kHash.tokens[slot_of(found, kHash.multiplier)];
  // Also tells the slots that belong to no name.
  const Name& candidate = kNames.items[size_t(token)];
  return candidate.length == name.size() && same_octets(candidate.octets, name.data(), name.size())
             ? token
             : Token::none;
}

}  // namespace nghttp2::hpack
