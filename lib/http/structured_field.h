// SPDX-License-Identifier: MIT
// A pull parser for Dictionaries of Structured Field Values (RFC 9651 §4.2.2). All of the syntax
// is verified; values that stand alone are handed out, inner lists and parameters only verified.
#pragma once

#include "base/bytes.h"

namespace nghttp2::http {

enum class ItemType : uint8_t {
  boolean,
  integer,
  decimal,
  string,
  token,
  byte_sequence,
  date,
  display_string,
  inner_list,
};

struct BareItem {
  ItemType type = ItemType::boolean;
  int64_t number = 0;  // of an integer or a date, 0 or 1 of a boolean, 1000 times a decimal
  Bytes text;          // of the other types, as it stands between the delimiters
};

struct DictionaryMember {
  Bytes key;
  BareItem value;
};

class DictionaryParser {
 public:
  explicit DictionaryParser(Bytes value);

  enum class Next : uint8_t { member, end, error };
  // Reads one member. A key may come several times; then the last one counts. After `end` or
  // `error` the answer stays the same.
  Next next(DictionaryMember& member);

 private:
  Next fail();

  Bytes rest_;
  bool is_first_ = true;
  bool has_failed_ = false;
};

}  // namespace nghttp2::http
