// SPDX-License-Identifier: MIT
// Priority field values to and from text.
#include "http/priority.h"

#include "base/check.h"
#include "http/structured_field.h"

namespace nghttp2::http {
namespace {

// RFC 9218 §4 lets parameters out of range be ignored; the whole value is refused instead, so that
// an application learns of its mistake and a peer's nonsense has no effect at all.
bool apply(const DictionaryMember& member, Extpri& priority) {
  const BareItem& value = member.value;
  if (equal(member.key, literal("u"))) {
    if (value.type != ItemType::integer) return false;
    if (value.number < 0 || value.number >= kUrgencyLevels) return false;
    priority.urgency = uint32_t(value.number);
  } else if (equal(member.key, literal("i"))) {
    if (value.type != ItemType::boolean) return false;
    priority.inc = int(value.number);
  }
  return true;
}

}  // namespace

bool parse_priority(Bytes value, Extpri& priority) {
  Extpri read = priority;
  DictionaryParser parser(value);
  DictionaryMember member;
  for (;;) {
    switch (parser.next(member)) {
      case DictionaryParser::Next::error: return false;
      case DictionaryParser::Next::end: priority = read; return true;
      case DictionaryParser::Next::member:
        if (!apply(member, read)) return false;
    }
  }
}

size_t format_priority(uint8_t* to, const Extpri& priority) {
  H2_ASSERT(priority.urgency < kUrgencyLevels);
  uint8_t* const start = to;
  if (priority.urgency != kDefaultUrgency) {
    to = copy_bytes(to, literal("u="));
    *to++ = uint8_t('0' + priority.urgency);
  }
  if (priority.inc) to = copy_bytes(to, to == start ? literal("i") : literal(", i"));
  return size_t(to - start);
}

}  // namespace nghttp2::http
