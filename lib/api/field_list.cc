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

// Lower-cases all characters of a word at once. Per octet, adding to the low seven bits moves the
// top bit exactly where the octet reaches a limit; octets above 0x7f are no letters.
template <typename Word>
Word lower_case(Word word) {
  constexpr Word kOnes = Word(0x0101010101010101u);
  const Word low = word & kOnes * 0x7f;
  const Word from_a = low + kOnes * (0x80 - 'A');
  const Word beyond_z = low + kOnes * (0x80 - 'Z' - 1);
  const Word upper = from_a & ~beyond_z & ~word & kOnes * 0x80;
  return word | upper >> 2;
}

// Copies at least one word; the last one overlaps the one before it.
template <typename Word>
void copy_lower_case(uint8_t* to, const uint8_t* from, size_t size) {
  for (size_t at = 0;;) {
    Word word;
    std::memcpy(&word, from + at, sizeof word);
    word = lower_case(word);
    std::memcpy(to + at, &word, sizeof word);
    if (at == size - sizeof word) return;
    at = at + sizeof word < size - sizeof word ? at + sizeof word : size - sizeof word;
  }
}

// Copies a name in lower case, with a NUL behind it; returns the end.
uint8_t* copy_name(uint8_t* to, const uint8_t* name, size_t size) {
  if (size >= sizeof(uint64_t)) {
    copy_lower_case<uint64_t>(to, name, size);
  } else if (size >= sizeof(uint32_t)) {
    copy_lower_case<uint32_t>(to, name, size);
  } else {
    for (size_t i = 0; i < size; ++i)
      to[i] = to_lower(name[i]);
  }
  to[size] = 0;
  return to + size + 1;
}

uint8_t* copy_value(uint8_t* to, const uint8_t* value, size_t size) {
  to = copy_bytes(to, {value, size});
  *to = 0;
  return to + 1;
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
      uint8_t* name = to;
      to = copy_name(to, field.name, field.namelen);
      field.name = name;
    }
    if (!(field.flags & kFieldNoCopyValue)) {
      uint8_t* value = to;
      to = copy_value(to, field.value, field.valuelen);
      field.value = value;
    }
    array[i] = field;
  }
  *copy = {array, fields.size()};
  return true;
}

}  // namespace nghttp2::api
