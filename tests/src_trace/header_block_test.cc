// SPDX-License-Identifier: MIT
// trace/header_block: blocks of several frames, and how much a peer may have us keep.
#include "trace/header_block.h"

#include <string>

#include "base/text.h"
#include "support/check.h"

namespace {

using namespace trace;
using namespace std::string_literals;

std::optional<HeaderBlock> add(HeaderBlocks& blocks, std::uint8_t type, bool is_last,
                               const std::string& fragment) {
  Frame frame;
  frame.head = {static_cast<std::uint32_t>(fragment.size()), type,
                static_cast<std::uint8_t>(is_last ? NGHTTP2_FLAG_END_HEADERS : 0), false, 1};
  frame.payload = base::as_bytes(fragment);
  return blocks.add(frame, parts_of(frame));
}

TEST(header_block, joins_fragments) {
  HeaderBlocks blocks;
  CHECK(!add(blocks, NGHTTP2_HEADERS, false, "\x88\x40\x01"));
  CHECK(blocks.continues({0, NGHTTP2_CONTINUATION, 0, false, 1}));
  CHECK(blocks.interrupts({0, NGHTTP2_CONTINUATION, 0, false, 3}));
  const auto block = add(blocks, NGHTTP2_CONTINUATION, true,
                         "a\x01"
                         "b");
  CHECK(block && !blocks.interrupts({}) && block->problem.empty());
  CHECK_EQ(block->length, std::size_t{6});
  CHECK_EQ(block->decoded.steps.size(), std::size_t{2});
  CHECK_EQ(block->table.size, std::size_t{34});
}

TEST(header_block, says_what_it_cannot_decode) {
  HeaderBlocks blocks;
  const auto bad = add(blocks, NGHTTP2_HEADERS, true, "\x80");
  CHECK(bad && bad->decoded.malformed && bad->problem.empty());
  CHECK_STR(add(blocks, NGHTTP2_HEADERS, true, "\x88")->problem,
            "a header block before was malformed");
}

TEST(header_block, keeps_a_bounded_number_of_octets) {
  HeaderBlocks blocks;
  add(blocks, NGHTTP2_HEADERS, false, "\x88");
  const std::string fragment(16384, '\x88');
  for (int i = 0; i < 20; ++i)
    CHECK(!add(blocks, NGHTTP2_CONTINUATION, false, fragment));
  const auto block = add(blocks, NGHTTP2_CONTINUATION, true, "");
  CHECK(block->octets.empty() && !block->problem.empty());
  CHECK_EQ(block->length, std::size_t{20 * 16384 + 1});
}

TEST(header_block, keeps_a_bounded_number_of_fields) {
  HeaderBlocks blocks;
  const std::string value(4000, 'x');
  const auto block = add(blocks, NGHTTP2_HEADERS, true,
                         "\x40\x01"
                         "a\x7f\xa1\x1e" +
                             value + std::string(1000, '\xbe'));
  CHECK(block && block->decoded.is_too_large);
  CHECK(block->decoded.steps.size() < 100);
  CHECK_STR(block->problem, "the fields of the block take more than 320K of memory");
}

}  // namespace
