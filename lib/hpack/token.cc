// SPDX-License-Identifier: MIT
// From a field name to its token, by a perfect hash that is searched for at compile time.
#include "hpack/token.h"

#include "base/table.h"
#include "hpack/word_access.h"

namespace nghttp2::hpack {
namespace {

constexpr size_t kTokenCount = size_t(Token::none);
constexpr size_t kLongestName = 27;

struct Name {
  uint8_t length;
  uint8_t octets[kLongestName];

  template <size_t N>
  consteval Name(const char (&text)[N]) : length(N - 1), octets() {
    for (size_t i = 0; i + 1 < N; ++i)
      octets[i] = uint8_t(text[i]);
  }
};

// In the order of Token.
constexpr Table<Name, kTokenCount> kNames = {{
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
}};

constexpr unsigned kSlotBits = 8;

// No two names agree in their length and these three octets.
constexpr uint32_t features(const uint8_t* octets, size_t length) {
  return uint32_t(length) | uint32_t(octets[0]) << 8 | uint32_t(octets[length / 2]) << 16 |
         uint32_t(octets[length - 1]) << 24;
}
constexpr uint32_t slot_of(uint32_t features, uint32_t multiplier) {
  return features * multiplier >> (32 - kSlotBits);
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
    const uint32_t slot = slot_of(features(kNames[i].octets, kNames[i].length), multiplier);
    if (hash.tokens[slot] != Token::none) return false;
    hash.tokens[slot] = Token(i);
  }
  return true;
}

consteval PerfectHash find_perfect_hash() {
  PerfectHash hash;
  // The first one that fits was far from where a search would begin. It goes on from here when
  // another name joins the list.
  uint32_t multiplier = 0x34fb61be;
  while (!try_multiplier(hash, multiplier))
    multiplier = multiplier * 1664525 + 1013904223;
  return hash;
}
constexpr PerfectHash kHash = find_perfect_hash();

}  // namespace

Token token_of(Bytes name) {
  if (name.empty() || name.size() > kLongestName) return Token::none;
  const Token token = kHash.tokens[slot_of(features(name.data(), name.size()), kHash.multiplier)];
  if (token == Token::none) return token;
  const Name& candidate = kNames.items[size_t(token)];
  return candidate.length == name.size() && same_octets(candidate.octets, name.data(), name.size())
             ? token
             : Token::none;
}

}  // namespace nghttp2::hpack
