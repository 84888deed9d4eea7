// SPDX-License-Identifier: MIT
// Character rules of fields. Names go through tables; values, which are long, eight octets at a
// time.
#include "http/field_syntax.h"

#include "base/ascii.h"

namespace nghttp2::http {
namespace {

// The characters of a token in lower case.
constexpr ByteSet kNameBytes = kTokenBytes.without_range('A', 'Z');
constexpr ByteSet kHostBytes = ByteSet::alphanumeric_and("!$%&'()*+,-.:;=[]_~");
constexpr ByteSet kAuthorityBytes = kHostBytes.with("@");
constexpr ByteSet kSchemeBytes = ByteSet::alphanumeric_and("+-.");

constexpr uint64_t repeat(uint8_t octet) {
  return 0x0101010101010101u * octet;
}

// The top bit of some octet is set exactly if some octet of the word is zero; which octets have it
// is only exact up to the first zero.
uint64_t zero_octets(uint64_t word) {
  return (word - repeat(0x01)) & ~word & repeat(0x80);
}

uint64_t load_word(const uint8_t* from) {
  uint64_t word;
  std::memcpy(&word, from, sizeof word);
  return word;
}

constexpr uint8_t kDelete = 0x7f;

// 0x00 to 0x1f and 0x7f; HTAB among them.
bool is_control(uint8_t c) {
  return c < 0x20 || c == kDelete;
}
bool has_control(uint64_t word) {
  return (zero_octets(word & repeat(0xe0)) | zero_octets(word ^ repeat(kDelete))) != 0;
}
// Controls and SP, as octets below 0x21.
bool has_control_or_space(uint64_t word) {
  return has_control(word) || zero_octets(word ^ repeat(' ')) != 0;
}

bool is_value_byte(uint8_t c) {
  return !is_control(c) || c == '\t';
}
bool is_path_byte(uint8_t c) {
  return !is_control(c) && c != ' ';
}

// The octets of a text of one to seven, each at least once.
uint64_t load_short(const uint8_t* from, size_t size) {
  if (size >= 4) {
    uint32_t low;
    uint32_t high;
    std::memcpy(&low, from, sizeof low);
    std::memcpy(&high, from + size - 4, sizeof high);
    return uint64_t(high) << 32 | low;
  }
  return repeat(from[0]) ^ uint64_t(from[0] ^ from[size / 2]) << 8 ^
         uint64_t(from[0] ^ from[size - 1]) << 16;
}

template <bool (*is_allowed)(uint8_t)>
bool all_octets_allowed(Bytes value) {
  for (uint8_t c : value) {
    if (!is_allowed(c)) return false;
  }
  return true;
}

// Words that look suspicious as a whole are looked at octet by octet. The last word overlaps the
// one before it.
template <bool (*is_suspect)(uint64_t), bool (*is_allowed)(uint8_t)>
bool all_allowed(Bytes value) {
  const size_t size = value.size();
  if (size < 8) {
    return size == 0 || !is_suspect(load_short(value.data(), size)) ||
           all_octets_allowed<is_allowed>(value);
  }
  for (size_t at = 0;;) {
    const uint8_t* p = value.data() + at;
    if (is_suspect(load_word(p)) && !all_octets_allowed<is_allowed>({p, 8})) return false;
    if (at == size - 8) return true;
    at = at + 8 < size - 8 ? at + 8 : size - 8;
  }
}

bool is_blank(uint8_t c) {
  return c == ' ' || c == '\t';
}

}  // namespace

bool is_field_name(Bytes name) {
  if (!name.empty() && name[0] == ':') name = name.from(1);
  return !name.empty() && kNameBytes.has_all(name);
}

NameFault find_name_fault(Bytes name) {
  if (is_field_name(name)) return NameFault::none;
  if (!name.empty() && name[0] == ':') name = name.from(1);
  for (uint8_t c : name) {
    if (is_upper(c)) return NameFault::upper_case;
    if (!kNameBytes.has(c)) return NameFault::other;
  }
  return NameFault::empty;
}

bool is_field_value(Bytes value) {
  return all_allowed<has_control, is_value_byte>(value);
}

bool is_trimmed_field_value(Bytes value) {
  if (value.empty()) return true;
  return !is_blank(value[0]) && !is_blank(value[value.size() - 1]) && is_field_value(value);
}

bool is_method(Bytes value) {
  return !value.empty() && kTokenBytes.has_all(value);
}

bool is_path(Bytes value) {
  return all_allowed<has_control_or_space, is_path_byte>(value);
}

bool is_authority(Bytes value) {
  return kAuthorityBytes.has_all(value);
}

bool is_host_and_port(Bytes value) {
  return kHostBytes.has_all(value);
}

bool is_scheme(Bytes value) {
  return !value.empty() && is_alpha(value[0]) && kSchemeBytes.has_all(value);
}

}  // namespace nghttp2::http
