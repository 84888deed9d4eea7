// SPDX-License-Identifier: MIT
// From a field name to its token.
#pragma once

#include "base/bytes.h"
#include "base/token.h"
#include "hpack/word_access.h"

namespace nghttp2::hpack {

using nghttp2::Token;

// A hash of a field name, below kNameSlots. Names with a token have slots of their own, which they
// share with no other token; names without one may be anywhere.
using NameSlot = uint8_t;
inline constexpr size_t kNameSlots = 256;

// Names of four octets and more differ in their first and their last word or in their length; the
// few shorter ones have just as many octets as the hash looks at.
template <typename Load>
constexpr NameSlot name_slot(const uint8_t* octets, size_t length, Load load) {
  // Found by trying one after the other until no two tokens met.
  constexpr uint32_t kMultiplier = 0x495eda85;
  uint32_t features = 0;
  if (length >= 4) {
    features = load(octets) + load(octets + length - 4) * 8 + uint32_t(length);
  } else if (length != 0) {
    features = uint32_t(octets[0]) << 8 | octets[length - 1];
  }
  return NameSlot(features * kMultiplier >> 24);
}
inline NameSlot name_slot(Bytes name) {
  return name_slot(name.data(), name.size(), load_native<uint32_t>);
}

// Token::none for names without one. Names are compared octet by octet: HTTP/2 field names are in
// lower case.
Token token_of(Bytes name, NameSlot slot);
inline Token token_of(Bytes name) {
  return token_of(name, name_slot(name));
}

}  // namespace nghttp2::hpack
