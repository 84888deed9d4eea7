// SPDX-License-Identifier: MIT
// The algorithms of RFC 9651 §4.2. Each function takes what it has read off the front of `rest`.
#include "http/structured_field.h"

#include "base/ascii.h"

namespace nghttp2::http {
namespace {

constexpr ByteSet kKeyBytes = ByteSet().with_range('a', 'z').with_range('0', '9').with("_-.*");
constexpr ByteSet kItemTokenBytes = kTokenBytes.with(":/");
constexpr ByteSet kBase64Bytes = ByteSet::alphanumeric_and("+/");

constexpr size_t kMaxIntegerDigits = 15;
constexpr size_t kMaxDecimalDigits = 12;  // before the point
constexpr size_t kMaxFractionDigits = 3;

bool starts_with(Bytes rest, char c) {
  return !rest.empty() && rest[0] == uint8_t(c);
}

bool take(Bytes& rest, char c) {
  if (!starts_with(rest, c)) return false;
  rest = rest.from(1);
  return true;
}

void skip_spaces(Bytes& rest) {
  while (take(rest, ' ')) {
  }
}

void skip_blanks(Bytes& rest) {
  while (take(rest, ' ') || take(rest, '\t')) {
  }
}

// The longest run of octets of the set.
Bytes take_run(Bytes& rest, const ByteSet& set) {
  size_t size = 0;
  while (size < rest.size() && set.has(rest[size]))
    ++size;
  const Bytes run = rest.first(size);
  rest = rest.from(size);
  return run;
}

// Digits before and after the point are counted, so that no number overflows.
bool parse_number(Bytes& rest, BareItem& item) {
  static constexpr ByteSet kDigits = ByteSet().with_range('0', '9');
  const bool is_negative = take(rest, '-');
  const Bytes whole = take_run(rest, kDigits);
  if (whole.empty() || whole.size() > kMaxIntegerDigits) return false;
  int64_t number = 0;
  for (uint8_t digit : whole)
    number = number * 10 + (digit - '0');
  item.type = ItemType::integer;
  if (take(rest, '.')) {
    const Bytes fraction = take_run(rest, kDigits);
    if (whole.size() > kMaxDecimalDigits) return false;
    if (fraction.empty() || fraction.size() > kMaxFractionDigits) return false;
    for (size_t i = 0; i < kMaxFractionDigits; ++i)
      number = number * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
    item.type = ItemType::decimal;
  }
  item.number = is_negative ? -number : number;
  return true;
}

bool parse_date(Bytes& rest, BareItem& item) {
  if (!parse_number(rest, item) || item.type != ItemType::integer) return false;
  item.type = ItemType::date;
  return true;
}

bool parse_boolean(Bytes& rest, BareItem& item) {
  item.type = ItemType::boolean;
  item.number = starts_with(rest, '1');
  return take(rest, '1') || take(rest, '0');
}

bool parse_string(Bytes& rest, BareItem& item) {
  item.type = ItemType::string;
  for (size_t i = 0; i < rest.size(); ++i) {
    const uint8_t c = rest[i];
    if (c == '"') {
      item.text = rest.first(i);
      rest = rest.from(i + 1);
      return true;
    }
    if (c < 0x20 || c > 0x7e) return false;
    if (c != '\\') continue;
    ++i;
    if (i == rest.size() || (rest[i] != '"' && rest[i] != '\\')) return false;
  }
  return false;
}

bool parse_byte_sequence(Bytes& rest, BareItem& item) {
  const Bytes start = rest;
  const size_t digits = take_run(rest, kBase64Bytes).size();
  size_t padding = 0;
  while (take(rest, '='))
    ++padding;
  // Padding may be absent but not wrong; one digit alone is less than an octet.
  if (digits % 4 == 1 || (padding > 0 && (padding > 2 || (digits + padding) % 4 != 0))) {
    return false;
  }
  item.type = ItemType::byte_sequence;
  item.text = start.first(digits + padding);
  return take(rest, ':');
}

// Verifies UTF-8 octet by octet: no overlong forms, no surrogates, nothing above U+10FFFF.
class Utf8Check {
 public:
  bool accept(uint8_t octet) {
    if (following_ == 0) return start(octet);
    if (octet < least_ || octet > most_) return false;
    least_ = 0x80;
    most_ = 0xbf;
    --following_;
    return true;
  }
  bool is_complete() const { return following_ == 0; }

 private:
  bool start(uint8_t octet) {
    if (octet < 0x80) return true;
    if (octet < 0xc2 || octet > 0xf4) return false;
    following_ = octet < 0xe0 ? 1 : octet < 0xf0 ? 2 : 3;
    least_ = octet == 0xe0 ? 0xa0 : octet == 0xf0 ? 0x90 : 0x80;
    most_ = octet == 0xed ? 0x9f : octet == 0xf4 ? 0x8f : 0xbf;
    return true;
  }

  unsigned following_ = 0;
  uint8_t least_ = 0x80;
  uint8_t most_ = 0xbf;
};

// The value of a lower-case hexadecimal digit, or 16.
unsigned hex_value(uint8_t c) {
  if (is_digit(c)) return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10u : 16;
}

bool parse_display_string(Bytes& rest, BareItem& item) {
  if (!take(rest, '"')) return false;
  item.type = ItemType::display_string;
  Utf8Check utf8;
  for (size_t i = 0; i < rest.size(); ++i) {
    uint8_t c = rest[i];
    if (c == '"') {
      item.text = rest.first(i);
      rest = rest.from(i + 1);
      return utf8.is_complete();
    }
    if (c < 0x20 || c > 0x7e) return false;
    if (c == '%') {
      if (rest.size() - i < 3) return false;
      const unsigned high = hex_value(rest[i + 1]);
      const unsigned low = hex_value(rest[i + 2]);
      if (high > 15 || low > 15) return false;
      c = uint8_t(high << 4 | low);
      i += 2;
    }
    if (!utf8.accept(c)) return false;
  }
  return false;
}

bool parse_bare_item(Bytes& rest, BareItem& item) {
  if (rest.empty()) return false;
  const uint8_t first = rest[0];
  if (is_digit(first) || first == '-') return parse_number(rest, item);
  if (is_alpha(first) || first == '*') {
    item.type = ItemType::token;
    item.text = take_run(rest, kItemTokenBytes);
    return true;
  }
  if (take(rest, '"')) return parse_string(rest, item);
  if (take(rest, ':')) return parse_byte_sequence(rest, item);
  if (take(rest, '?')) return parse_boolean(rest, item);
  if (take(rest, '@')) return parse_date(rest, item);
  if (take(rest, '%')) return parse_display_string(rest, item);
  return false;
}

bool parse_key(Bytes& rest, Bytes& key) {
  if (rest.empty() || !(is_lower(rest[0]) || rest[0] == '*')) return false;
  key = take_run(rest, kKeyBytes);
  return true;
}

bool skip_parameters(Bytes& rest) {
  while (take(rest, ';')) {
    skip_spaces(rest);
    Bytes key;
    BareItem value;
    if (!parse_key(rest, key)) return false;
    if (take(rest, '=') && !parse_bare_item(rest, value)) return false;
  }
  return true;
}

// What follows the opening parenthesis.
bool parse_inner_list(Bytes& rest, BareItem& item) {
  const Bytes start = rest;
  for (;;) {
    skip_spaces(rest);
    if (starts_with(rest, ')')) break;
    BareItem element;
    if (!parse_bare_item(rest, element) || !skip_parameters(rest)) return false;
    if (!starts_with(rest, ' ') && !starts_with(rest, ')')) return false;
  }
  item.type = ItemType::inner_list;
  item.text = start.first(start.size() - rest.size());
  return take(rest, ')');
}

}  // namespace

DictionaryParser::DictionaryParser(Bytes value) : rest_(value) {
  skip_spaces(rest_);
}

DictionaryParser::Next DictionaryParser::fail() {
  has_failed_ = true;
  return Next::error;
}

DictionaryParser::Next DictionaryParser::next(DictionaryMember& member) {
  if (has_failed_) return Next::error;
  if (!is_first_) skip_blanks(rest_);
  if (rest_.empty()) return Next::end;
  if (!is_first_) {
    if (!take(rest_, ',')) return fail();
    skip_blanks(rest_);
  }
  is_first_ = false;
  if (!parse_key(rest_, member.key)) return fail();
  member.value = {ItemType::boolean, 1, {}};
  if (take(rest_, '=')) {
    const bool is_read = take(rest_, '(') ? parse_inner_list(rest_, member.value)
                                          : parse_bare_item(rest_, member.value);
    if (!is_read) return fail();
  }
  return skip_parameters(rest_) ? Next::member : fail();
}

}  // namespace nghttp2::http
