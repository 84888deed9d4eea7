// SPDX-License-Identifier: MIT
// From a field name to its token, by a perfect hash whose table is made at compile time.
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

// As load_native<uint32_t>() at run time.
constexpr uint32_t load_at_compile_time(const uint8_t* p) {
  if (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) {
    return p[0] | uint32_t(p[1]) << 8 | uint32_t(p[2]) << 16 | uint32_t(p[3]) << 24;
  }
  return p[3] | uint32_t(p[2]) << 8 | uint32_t(p[1]) << 16 | uint32_t(p[0]) << 24;
}

// By slot; none where there is no name.
consteval Table<Token, kNameSlots> place_tokens() {
  Table<Token, kNameSlots> tokens;
  for (Token& token : tokens.items)
    token = Token::none;
  for (size_t i = 0; i < kTokenCount; ++i) {
    const NameSlot slot = name_slot(kNames[i].octets, kNames[i].length, load_at_compile_time);
    // Two names in one slot end the compilation here: name_slot() needs another multiplier.
    if (tokens[slot] != Token::none) __builtin_trap();
    tokens[slot] = Token(i);
  }
  return tokens;
}
constexpr Table<Token, kNameSlots> kTokens = place_tokens();

}  // namespace

Token token_of(Bytes name, NameSlot slot) {
  const Token token = kTokens.items[slot];
  // Also tells the slots that belong to no name.
  const Name& candidate = kNames.items[size_t(token)];
  return candidate.length == name.size() && same_octets(candidate.octets, name.data(), name.size())
             ? token
             : Token::none;
}

}  // namespace nghttp2::hpack
