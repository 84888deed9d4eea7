// SPDX-License-Identifier: MIT
// Copies the fields that an application submits.
#include "api/field_list.h"

#include "base/ascii.h"
#include "hpack/word_access.h"

namespace nghttp2::api {
namespace {

using hpack::load_native;
using hpack::store_native;

// Longer strings and lists are refused, so that no sum of 64 bits overflows.
constexpr uint64_t kLongestString = UINT32_MAX;
constexpr uint64_t kMostFields = UINT32_MAX / sizeof(FieldView);

// What the array and the strings behind it need; SIZE_MAX when that is too much.
size_t block_size(Slice<const FieldView> fields) {
  uint64_t size = 0;
  uint64_t lengths = 0;
  for (const FieldView& field : fields) {
    lengths |= field.namelen | field.valuelen;
    if (!(field.flags & kFieldNoCopyName)) size += field.namelen + 1;
    if (!(field.flags & kFieldNoCopyValue)) size += field.valuelen + 1;
  }
  if (lengths > kLongestString || fields.size() > kMostFields) return SIZE_MAX;
  size += fields.size() * sizeof(FieldView);
  return size < SIZE_MAX ? size_t(size) : SIZE_MAX;
}

// Lower-cases sixteen characters at once. As signed octets, exactly the letters from A to Z are
// above the limit once they are moved up to the end of the range.
using Letters [[gnu::vector_size(16)]] = uint8_t;
using SignedOctets [[gnu::vector_size(16)]] = int8_t;
Letters lower_case(Letters octets) {
  const auto moved = SignedOctets(octets + uint8_t(INT8_MAX - 'Z'));
  const auto is_upper = Letters(moved > int8_t(INT8_MAX - 26));
  return octets | (is_upper & uint8_t(0x20));
}

// Copies in lower case, with a NUL behind; returns the end. The words at both ends of a string may
// overlap, and nothing outside of it is read.
uint8_t* copy_name(uint8_t* to, const uint8_t* name, size_t size) {
  uint8_t* const end = to + size;
  if (size >= 16) {
    const Letters last = lower_case(load_native<Letters>(name + size - 16));
    for (; end - to > 16; to += 16, name += 16)
      store_native(to, lower_case(load_native<Letters>(name)));
    store_native(end - 16, last);
  } else if (size >= 8) {
    const hpack::Octets16 both = {load_native<uint64_t>(name),
                                  load_native<uint64_t>(name + size - 8)};
    const auto lower = hpack::Octets16(lower_case(Letters(both)));
    store_native(to, lower[0]);
    store_native(end - 8, lower[1]);
  } else if (size >= 4) {
    const uint64_t both =
        load_native<uint32_t>(name) | uint64_t(load_native<uint32_t>(name + size - 4)) << 32;
    const uint64_t lower = hpack::Octets16(lower_case(Letters(hpack::Octets16{both})))[0];
    store_native(to, uint32_t(lower));
    store_native(end - 4, uint32_t(lower >> 32));
  } else {
    for (size_t i = 0; i < size; ++i)
      to[i] = to_lower(name[i]);
  }
  *end = 0;
  return end + 1;
}

uint8_t* copy_value(uint8_t* to, const uint8_t* value, size_t size) {
  to = hpack::copy_octets(to, value, size);
  *to = 0;
  return to + 1;
}

}  // namespace

bool copy_fields(session::Outbox& outbox, session::OutboundItem& item,
                 Slice<const FieldView> fields, Slice<const FieldView>* copy) {
  *copy = {};
  if (fields.empty()) return true;
  const size_t size = block_size(fields);
  if (size == SIZE_MAX) return false;
  auto* array = static_cast<FieldView*>(outbox.allocate_fields(item, size));
  if (!array) return false;
  auto* to = reinterpret_cast<uint8_t*>(array + fields.size());
  FieldView* place = array;
  for (const FieldView& field : fields) {
    *place = field;
    if (!(field.flags & kFieldNoCopyName)) {
      place->name = to;
      to = copy_name(to, field.name, field.namelen);
    }
    if (!(field.flags & kFieldNoCopyValue)) {
      place->value = to;
      to = copy_value(to, field.value, field.valuelen);
    }
    ++place;
  }
  *copy = {array, fields.size()};
  return true;
}

}  // namespace nghttp2::api
