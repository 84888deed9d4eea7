// SPDX-License-Identifier: MIT
// A field as it comes out of a header block.
#pragma once

#include "base/bytes.h"
#include "base/token.h"

namespace nghttp2::hpack {

// Views into memory of whoever made the field; name and value are each followed by a NUL octet
// that does not count.
struct Field {
  Bytes name;
  Bytes value;
  Token token = Token::none;
  // RFC 7541 §6.2.3: whoever forwards the field must not let it enter a dynamic table.
  bool never_index = false;
  // What Inflater::mark() has noted of the entry that the field is from; 0 of any other.
  uint8_t marks = 0;
};

}  // namespace nghttp2::hpack
