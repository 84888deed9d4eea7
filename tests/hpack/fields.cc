// SPDX-License-Identifier: MIT
// Field lists and header blocks for the tests of HPACK.
#include "fields.h"

#include <algorithm>
#include <cstring>
#include <memory>

namespace hpack_test {

using nghttp2::Bytes;
using nghttp2::FieldView;
using nghttp2::Status;
using nghttp2::hpack::Deflater;
using nghttp2::hpack::Inflater;

const nghttp2::Allocator& plain_allocator() {
  static const nghttp2::Allocator allocator(nghttp2::default_memory());
  return allocator;
}

Bytes bytes_of(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

std::string text_of(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string from_hex(std::string_view hex) {
  std::string octets;
  unsigned value = 0;
  unsigned digits = 0;
  for (const char c : hex) {
    if (c == ' ') continue;
    value = value * 16 + unsigned(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    if (++digits % 2 == 0) octets += char(value & 0xff);
  }
  return octets;
}

std::string to_hex(std::string_view octets) {
  std::string hex;
  for (const char c : octets) {
    hex += "0123456789abcdef"[uint8_t(c) >> 4];
    hex += "0123456789abcdef"[uint8_t(c) & 15];
  }
  return hex;
}

std::vector<FieldView> views_of(const FieldList& fields) {
  std::vector<FieldView> views;
  for (const TestField& field : fields) {
    views.push_back({reinterpret_cast<uint8_t*>(const_cast<char*>(field.name.data())),
                     reinterpret_cast<uint8_t*>(const_cast<char*>(field.value.data())),
                     field.name.size(), field.value.size(),
                     field.never_index ? nghttp2::kFieldNoIndex : uint8_t(0)});
  }
  return views;
}

Decoded decode(Inflater& inflater, std::string_view block, size_t piece) {
  Decoded decoded;
  size_t given = 0;
  for (;;) {
    const size_t size = std::min(piece, block.size() - given);
    const std::unique_ptr<uint8_t[]> memory(new uint8_t[size]);
    std::memcpy(memory.get(), block.data() + given, size);
    Bytes input = {memory.get(), size};
    given += size;
    for (;;) {
      const auto step = inflater.next(input, given == block.size());
      decoded.status = step.status;
      if (!step.ok()) return decoded;
      if (step.value == Inflater::Step::done) {
        inflater.end_block();
        return decoded;
      }
      if (step.value == Inflater::Step::need_more) break;
      const auto& field = inflater.field();
      decoded.fields.push_back({text_of(field.name), text_of(field.value), field.never_index});
    }
  }
}

std::string encode(Deflater& deflater, const FieldList& fields) {
  nghttp2::Buffer out(plain_allocator());
  const std::vector<FieldView> views = views_of(fields);
  if (deflater.encode(out, {views.data(), views.size()}) != Status::ok) return {};
  return text_of(out.bytes());
}

std::string lines(const FieldList& fields) {
  std::string text;
  for (const TestField& field : fields) {
    if (field.never_index) text += '!';
    text += field.name + ": " + field.value + "\n";
  }
  return text;
}

}  // namespace hpack_test
