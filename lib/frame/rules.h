// SPDX-License-Identifier: MIT
// The wire facts of every frame type in one table (RFC 9113 §4.1, §6): where it may appear, how
// long it may be, which flags it has and how its payload is handed on.
#pragma once

#include "base/bytes.h"
#include "frame/type.h"

namespace nghttp2::frame {

inline constexpr size_t kFrameHeadSize = 9;
inline constexpr uint32_t kMinMaxFrameSize = 16384;     // RFC 9113 §4.2
inline constexpr uint32_t kMaxMaxFrameSize = 16777215;  // RFC 9113 §4.2
inline constexpr size_t kPrioritySpecSize = 5;
inline constexpr size_t kSettingsEntrySize = 6;

// The first nine octets of a frame.
struct FrameHead {
  uint32_t length = 0;    // of the payload, 24 bits
  int32_t stream_id = 0;  // 31 bits
  uint8_t type = 0;
  uint8_t flags = 0;
  bool reserved = false;  // the bit before the stream identifier; ignored on receipt
  // Makes the size one of whole words. A struct of 11 octets is copied by overlapping loads, which
  // have to wait until the stores that wrote it have reached the cache.
  uint8_t filler = 0;
};

// The streams a frame may be sent on.
enum class Where : uint8_t { connection, stream, either };

// How the reader hands a payload on: as one run of bytes when it is complete, piece by piece, or
// not at all.
enum class Delivery : uint8_t { whole, stream, skip };

struct FrameRule {
  const char* name;
  FrameType type;
  uint8_t flags;  // the flags that have a meaning; others are ignored (RFC 9113 §4.1)
  Where where;
  uint32_t min_length;  // of the payload, without what the flags add
  uint32_t max_length;
  uint8_t step;        // the length is a multiple of this
  bool padded;         // may carry padding
  uint8_t fixed_size;  // octets of fixed fields before what is handed on piece by piece
  Delivery delivery;
};

inline constexpr size_t kRuleCount = 14;

// All rules in the order of their types; the last one is `extension`.
Slice<const FrameRule> all_rules();

// The rule for unknown types, and for known ones that an application handles itself: any length,
// any stream, every flag, delivered piece by piece. Its type has no meaning.
const FrameRule& extension_rule();

const FrameRule& rule_of(uint8_t type);
inline const FrameRule& rule_of(FrameType type) {
  return rule_of(uint8_t(type));
}

// Whether the length is one that the rule allows for these flags (RFC 9113 §4.2). Flags matter: a
// SETTINGS acknowledgement is empty, and padding and priority need room.
bool has_valid_length(const FrameRule& rule, const FrameHead& head);

enum class HeadFault : uint8_t {
  none,
  length,  // RFC 9113 §4.2: FRAME_SIZE_ERROR
  stream,  // RFC 9113 §4.1: PROTOCOL_ERROR, sent on the connection or on a stream wrongly
};

// Compares a head with the rule of its type; both faults at once are reported as a fault of the
// stream. Flags matter: a SETTINGS acknowledgement is empty, and padding and priority need room.
HeadFault check(const FrameRule& rule, const FrameHead& head);

// The octets of fixed fields that this frame has: the priority of HEADERS with that flag, the
// promised stream of PUSH_PROMISE. The Pad Length octet is not one of them.
inline size_t fixed_size(const FrameRule& rule, const FrameHead& head) {
  if (rule.type == FrameType::headers && !(head.flags & kFlagPriority)) return 0;
  return rule.fixed_size;
}

FrameHead parse_head(const uint8_t* from);

}  // namespace nghttp2::frame
