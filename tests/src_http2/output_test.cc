// SPDX-License-Identifier: MIT
// Tests of output with lent content.
#include "http2/output.h"

#include <array>
#include <string>
#include <string_view>

#include "base/text.h"
#include "support/check.h"

namespace {

using http2::Output;

std::string text_of(std::span<const iovec> pieces) {
  std::string text;
  for (const iovec& piece : pieces)
    text.append(static_cast<const char*>(piece.iov_base), piece.iov_len);
  return text;
}

// All of it, and how many pieces it is in.
struct Content {
  std::string text;
  std::size_t pieces;
};

Content content_of(const Output& output) {
  std::array<iovec, 16> space;
  const std::size_t count = output.gather(space);
  return {text_of(std::span(space).first(count)), count};
}

void append(Output& output, std::string_view text) {
  output.append(base::as_bytes(text));
}

Output mixed_output() {
  Output output(64);
  append(output, "a");
  append(output, "b");
  output.lend(base::Chunk::copy("CDE"));
  output.lend(base::Chunk::copy("FG"));
  append(output, "hi");
  output.lend(base::Chunk::copy("J"));
  append(output, "k");
  return output;
}

}  // namespace

TEST(src_http2_output, keeps_the_order) {
  const Output output = mixed_output();
  const Content content = content_of(output);
  CHECK_STR(content.text, "abCDEFGhiJk");
  CHECK_EQ(content.pieces, 6u);
  CHECK_EQ(output.size(), 11u);
}

TEST(src_http2_output, lent_content_is_not_copied) {
  Output output(64);
  append(output, "a");
  const base::Chunk content = base::Chunk::copy("content");
  output.lend(content);
  std::array<iovec, 4> pieces;
  CHECK_EQ(output.gather(pieces), 2u);
  CHECK(pieces[1].iov_base == content.data());
}

TEST(src_http2_output, leaves_in_parts_of_any_size) {
  const std::string all = "abCDEFGhiJk";
  for (std::size_t step = 1; step <= all.size(); ++step) {
    Output output = mixed_output();
    for (std::size_t gone = 0; gone < all.size(); gone += step) {
      CHECK_STR(content_of(output).text, all.substr(gone));
      CHECK_EQ(output.size(), all.size() - gone);
      output.consume(step);
    }
    CHECK(output.empty());
    CHECK_EQ(content_of(output).pieces, 0u);
  }
}

TEST(src_http2_output, goes_on_behind_what_has_left) {
  Output output(64);
  std::string expected;
  for (char c = 'a'; c <= 'z'; ++c) {
    append(output, std::string(1, c));
    output.lend(base::Chunk::copy(std::string(2, c)));
    expected += std::string(3, c);
    output.consume(2);
    expected.erase(0, 2);
    CHECK_STR(content_of(output).text.substr(0, 8), expected.substr(0, 8));
    CHECK_EQ(output.size(), expected.size());
  }
  output.clear();
  append(output, "new");
  CHECK_STR(content_of(output).text, "new");
}

TEST(src_http2_output, describes_no_more_pieces_than_asked_for) {
  const Output output = mixed_output();
  std::array<iovec, 3> pieces;
  CHECK_EQ(output.gather(pieces), 3u);
  CHECK_STR(text_of(pieces), "abCDEFG");
  CHECK_EQ(output.gather(std::span(pieces).first(1)), 1u);
}
