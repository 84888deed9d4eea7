// SPDX-License-Identifier: MIT
// Dictionaries of a hostile peer: their members keep to the grammar and mean the same when they
// are written anew (RFC 9651 §4), and so do priorities (RFC 9218).
#include "http/structured_field.h"

#include <cstdlib>
#include <string>

#include "base/ascii.h"
#include "http/priority.h"

namespace {

using namespace nghttp2;
using namespace nghttp2::http;
using Next = DictionaryParser::Next;

constexpr int64_t kLargestNumber = 999'999'999'999'999;

void require(bool condition) {
  if (!condition) std::abort();
}

std::string text_of(Bytes bytes) {
  return {bytes.begin(), bytes.end()};
}

Bytes bytes_of(const std::string& text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

std::string decimal_of(int64_t thousandths) {
  const std::string digits = std::to_string(std::abs(thousandths) + 1000);  // four at least
  const std::string whole = std::to_string(std::abs(thousandths) / 1000);
  return (thousandths < 0 ? "-" : "") + whole + "." + digits.substr(digits.size() - 3);
}

// The text of a value, as RFC 9651 §4.1 writes it.
std::string write(const BareItem& item) {
  require(item.number <= kLargestNumber && item.number >= -kLargestNumber);
  const std::string text = text_of(item.text);
  switch (item.type) {
    case ItemType::boolean: return item.number != 0 ? "?1" : "?0";
    case ItemType::integer: return std::to_string(item.number);
    case ItemType::decimal: return decimal_of(item.number);
    case ItemType::string: return '"' + text + '"';
    case ItemType::token: return text;
    case ItemType::byte_sequence: return ':' + text + ':';
    case ItemType::date: return '@' + std::to_string(item.number);
    case ItemType::display_string: return "%\"" + text + '"';
    case ItemType::inner_list: return '(' + text + ')';
  }
  std::abort();
}

// All members that come before the end or an error, written anew.
std::string rewrite(Bytes value, Next& last) {
  std::string text;
  DictionaryParser parser(value);
  DictionaryMember member;
  while ((last = parser.next(member)) == Next::member) {
    require(!member.key.empty() && (is_lower(member.key[0]) || member.key[0] == '*'));
    text += (text.empty() ? "" : ", ") + text_of(member.key) + '=' + write(member.value);
  }
  require(parser.next(member) == last);
  return text;
}

void check_dictionary(Bytes value) {
  Next last = Next::member;
  const std::string written = rewrite(value, last);
  Next last_again = Next::member;
  require(rewrite(bytes_of(written), last_again) == written && last_again == Next::end);
  // What follows a Dictionary makes it neither longer nor shorter.
  const std::string longer = text_of(value) + (written.empty() ? "  " : " ,\tx=?1");
  const std::string expected = written.empty() ? "" : written + ", x=?1";
  if (last == Next::end) require(rewrite(bytes_of(longer), last_again) == expected);
  if (last == Next::end) require(last_again == Next::end);
}

void check_priority(Bytes value) {
  Next last = Next::member;
  const std::string written = rewrite(value, last);
  Extpri priority = {9, 9};
  Extpri of_written = {9, 9};
  const bool is_good = parse_priority(value, priority);
  require(is_good == (last == Next::end && parse_priority(bytes_of(written), of_written)));
  require(priority.urgency == of_written.urgency && priority.inc == of_written.inc);
  if (!is_good) require(priority.urgency == 9 && priority.inc == 9);
  if (priority.urgency == 9) priority.urgency = kDefaultUrgency;
  if (priority.inc == 9) priority.inc = 0;
  uint8_t text[kMaxPriorityBytes];
  Extpri again = {kDefaultUrgency, 0};
  require(parse_priority({text, format_priority(text, priority)}, again));
  require(again.urgency == priority.urgency && again.inc == priority.inc);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  check_dictionary({data, size});
  check_priority({data, size});
  return 0;
}
