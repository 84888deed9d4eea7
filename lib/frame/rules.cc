// SPDX-License-Identifier: MIT
// The table of wire facts. tests/matrix/frame_rules.golden is its print.
#include "frame/rules.h"

#include "base/table.h"

namespace nghttp2::frame {
namespace {

constexpr uint32_t kAny = kMaxMaxFrameSize;
constexpr uint8_t kHeaderFlags = kFlagEndHeaders | kFlagPadded;
constexpr auto kConnection = Where::connection;
constexpr auto kStream = Where::stream;
constexpr auto kEither = Where::either;
constexpr auto kWhole = Delivery::whole;
constexpr auto kPieces = Delivery::stream;

// clang-format off
constexpr Table<FrameRule, kRuleCount> kRules = {{
  // name              type                        flags                          where        min max  step pad    fixed delivery
  {"DATA",            FrameType::data,            kFlagEndStream | kFlagPadded,  kStream,     0, kAny, 1,  true,  0,    kPieces},
  {"HEADERS",         FrameType::headers,         kHeaderFlags | kFlagEndStream | kFlagPriority,
                                                                                 kStream,     0, kAny, 1,  true,  5,    kPieces},
  {"PRIORITY",        FrameType::priority,        kFlagNone,                     kStream,     5, 5,    1,  false, 0,    kWhole},
  {"RST_STREAM",      FrameType::rst_stream,      kFlagNone,                     kStream,     4, 4,    1,  false, 0,    kWhole},
  {"SETTINGS",        FrameType::settings,        kFlagAck,                      kConnection, 0, kAny, 6,  false, 0,    kWhole},
  {"PUSH_PROMISE",    FrameType::push_promise,    kHeaderFlags,                  kStream,     4, kAny, 1,  true,  4,    kPieces},
  {"PING",            FrameType::ping,            kFlagAck,                      kConnection, 8, 8,    1,  false, 0,    kWhole},
  {"GOAWAY",          FrameType::goaway,          kFlagNone,                     kConnection, 8, kAny, 1,  false, 0,    kWhole},
  {"WINDOW_UPDATE",   FrameType::window_update,   kFlagNone,                     kEither,     4, 4,    1,  false, 0,    kWhole},
  {"CONTINUATION",    FrameType::continuation,    kFlagEndHeaders,               kStream,     0, kAny, 1,  false, 0,    kPieces},
  {"ALTSVC",          FrameType::altsvc,          kFlagNone,                     kEither,     2, kAny, 1,  false, 0,    kWhole},
  {"ORIGIN",          FrameType::origin,          kFlagNone,                     kConnection, 0, kAny, 1,  false, 0,    kWhole},
  {"PRIORITY_UPDATE", FrameType::priority_update, kFlagNone,                     kConnection, 4, kAny, 1,  false, 0,    kWhole},
  {"extension",       FrameType{0xff},            0xff,                          kEither,     0, kAny, 1,  false, 0,    kPieces},
}};
// clang-format on

constexpr size_t kExtensionRow = kRuleCount - 1;
constexpr size_t kTypeCount = size_t(FrameType::priority_update) + 1;

constexpr Table<uint8_t, kTypeCount> make_rows() {
  Table<uint8_t, kTypeCount> rows = {};
  for (uint8_t& row : rows.items)
    row = kExtensionRow;
  for (uint8_t row = 0; row < kExtensionRow; ++row)
    rows[uint8_t(kRules[row].type)] = row;
  return rows;
}
constexpr Table<uint8_t, kTypeCount> kRowOfType = make_rows();

constexpr bool rules_are_sound() {
  for (size_t i = 0; i < kRuleCount; ++i) {
    const FrameRule& rule = kRules[i];
    if (i > 0 && rule.type <= kRules[i - 1].type) return false;
    if (rule.min_length > rule.max_length || rule.max_length > kAny || rule.step == 0) return false;
    if (rule.min_length % rule.step != 0) return false;
    if (rule.padded != (i < kExtensionRow && (rule.flags & kFlagPadded) != 0)) return false;
    // What is kept whole and has no fixed length is bounded by SETTINGS_MAX_FRAME_SIZE alone.
    if (rule.delivery == kWhole && rule.fixed_size != 0) return false;
  }
  return true;
}
static_assert(rules_are_sound());
static_assert(kRules[1].fixed_size == kPrioritySpecSize);
static_assert(kRules[4].step == kSettingsEntrySize);

}  // namespace

Slice<const FrameRule> all_rules() {
  return kRules.items;
}

const FrameRule& extension_rule() {
  return kRules[kExtensionRow];
}

const FrameRule& rule_of(uint8_t type) {
  return kRules[type < kTypeCount ? kRowOfType[type] : kExtensionRow];
}

bool has_valid_length(const FrameRule& rule, const FrameHead& head) {
  uint32_t least = rule.min_length;
  uint32_t most = rule.max_length;
  if (rule.padded && (head.flags & kFlagPadded)) ++least;
  if (rule.type == FrameType::headers && (head.flags & kFlagPriority)) least += kPrioritySpecSize;
  if (rule.type == FrameType::settings && (head.flags & kFlagAck)) most = 0;
  return head.length >= least && head.length <= most && head.length % rule.step == 0;
}

HeadFault check(const FrameRule& rule, const FrameHead& head) {
  const Where where = head.stream_id == 0 ? Where::connection : Where::stream;
  if (rule.where != Where::either && rule.where != where) return HeadFault::stream;
  return has_valid_length(rule, head) ? HeadFault::none : HeadFault::length;
}

FrameHead parse_head(const uint8_t* from) {
  const uint32_t stream = load_u32(from + 5);
  FrameHead head;
  head.length = load_u24(from);
  head.stream_id = int32_t(stream & 0x7fffffff);
  head.type = from[3];
  head.flags = from[4];
  head.reserved = stream >> 31;
  return head;
}

}  // namespace nghttp2::frame
