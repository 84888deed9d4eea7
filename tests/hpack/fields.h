// SPDX-License-Identifier: MIT
// Field lists and header blocks for the tests of HPACK.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hpack/deflater.h"
#include "hpack/inflater.h"

namespace hpack_test {

struct TestField {
  std::string name;
  std::string value;
  bool never_index = false;

  bool operator==(const TestField&) const = default;
};
using FieldList = std::vector<TestField>;

// Over the C library's functions.
const nghttp2::Allocator& plain_allocator();

nghttp2::Bytes bytes_of(std::string_view text);
std::string text_of(nghttp2::Bytes bytes);
// Blanks between the digits are skipped.
std::string from_hex(std::string_view hex);
std::string to_hex(std::string_view octets);

// As the deflater wants them; the list must outlive the views.
std::vector<nghttp2::FieldView> views_of(const FieldList& fields);

struct Decoded {
  FieldList fields;
  nghttp2::Status status = nghttp2::Status::ok;
};

// One whole block in pieces of so many octets, end_block() included unless it fails. Every piece
// is given in memory of its own, so that reading beyond it shows.
Decoded decode(nghttp2::hpack::Inflater& inflater, std::string_view block, size_t piece = SIZE_MAX);

// One block; empty when the deflater fails.
std::string encode(nghttp2::hpack::Deflater& deflater, const FieldList& fields);

// "name: value" lines, never-indexed fields with a "!" in front.
std::string lines(const FieldList& fields);

// The dynamic table from the newest entry on, as lines.
template <typename Coder>
std::string table_lines(Coder& coder) {
  FieldList entries;
  for (size_t i = 62; i <= coder.entry_count(); ++i) {
    const nghttp2::FieldView* view = coder.entry(i);
    entries.push_back(
        {text_of({view->name, view->namelen}), text_of({view->value, view->valuelen})});
  }
  return lines(entries);
}

}  // namespace hpack_test
