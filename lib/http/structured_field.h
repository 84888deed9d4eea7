// SPDX-License-Identifier: MIT
// A pull parser for Dictionaries of Structured Field Values (RFC 9651 §4.2.2): all of the syntax
// is verified, the values of simple Items are handed out.
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

struct DictionaryMember {
  Bytes key;
  ItemType type = ItemType::boolean;
  int64_t integer = 0;  // of a boolean (0 or 1), an integer, a date, or 1000 times a decimal
  Bytes text;           // what stands between the delimiters of the other types
};

class DictionaryParser {
 public:
  explicit DictionaryParser(Bytes value);

  enum class Next : uint8_t { member, end, error };
  // Reads one member. A key may come several times; then the last one counts. After `end` or
  // `error` the parser gives the same answer again.
  Next next(DictionaryMember& member);

 private:
  Bytes rest_;
  bool started_ = false;
  bool failed_ = false;
};

}  // namespace nghttp2::http
