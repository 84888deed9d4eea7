// SPDX-License-Identifier: MIT
// Copies the fields that an application submits.
#include "api/field_list.h"

#include "base/ascii.h"

namespace nghttp2::api {
namespace {

// Room that the strings need behind the array; SIZE_MAX when the sum overflows.
size_t string_room(Slice<const FieldView> fields) {
  size_t room = 0;
  for (const FieldView& field : fields) {
    size_t size = 0;
    if (!(field.flags & kFieldNoCopyName)) size += field.namelen + 1;
    if (!(field.flags & kFieldNoCopyValue)) size += field.valuelen + 1;
    if (field.namelen > SIZE_MAX / 4 || field.valuelen > SIZE_MAX / 4 ||
        room > SIZE_MAX / 2 - size) {
      return SIZE_MAX;
    }
    room += size;
  }
  return room;
}

}  // namespace

bool copy_fields(const Allocator& allocator, Slice<const FieldView> fields, void** block,
                 Slice<const FieldView>* copy) {
  *block = nullptr;
  *copy = {};
  if (fields.empty()) return true;
  const size_t room = string_room(fields);
  if (room == SIZE_MAX || fields.size() > (SIZE_MAX / 2) / sizeof(FieldView)) return false;
  *block = allocator.allocate(fields.size() * sizeof(FieldView) + room);
  if (!*block) return false;
  auto* array = static_cast<FieldView*>(*block);
  auto* to = reinterpret_cast<uint8_t*>(array + fields.size());
  for (size_t i = 0; i < fields.size(); ++i) {
    FieldView field = fields[i];
    if (!(field.flags & kFieldNoCopyName)) {
      for (size_t k = 0; k < field.namelen; ++k)
        to[k] = to_lower(field.name[k]);
      to[field.namelen] = 0;
      field.name = to;
      to += field.namelen + 1;
    }
    if (!(field.flags & kFieldNoCopyValue)) {
      copy_bytes(to, {field.value, field.valuelen});
      to[field.valuelen] = 0;
      field.value = to;
      to += field.valuelen + 1;
    }
    array[i] = field;
  }
  *copy = {array, fields.size()};
  return true;
}

}  // namespace nghttp2::api
