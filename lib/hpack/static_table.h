// SPDX-License-Identifier: MIT
// The static table (RFC 7541 Appendix A).
#pragma once

#include "base/shared_bytes.h"
#include "base/table.h"
#include "base/token.h"
#include "base/vocabulary.h"

namespace nghttp2::hpack {

inline constexpr uint32_t kStaticEntryCount = 61;

// Entry i of the RFC is element i - 1. Names and values are each followed by a NUL octet.
extern const Table<FieldView, kStaticEntryCount> kStaticFields;
extern const Table<Token, kStaticEntryCount> kStaticTokens;

// The index of the first entry with that name, indexed by token. The entries of one name are
// adjacent: the next element is where they end. 1-based, as on the wire.
extern const Table<uint8_t, kStaticTokenCount + 1> kFirstStaticIndex;

inline bool is_static_name(Token token) {
  return unsigned(token) < kStaticTokenCount;
}

// Shared forms of a name that has a token of the static table, and of an entry's value.
const SharedBytes& static_name(Token token);
const SharedBytes& static_value(uint32_t index);
// The shared form of no bytes at all.
const SharedBytes& empty_value();

}  // namespace nghttp2::hpack
