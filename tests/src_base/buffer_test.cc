// SPDX-License-Identifier: MIT
// base/buffer and base/chunk: byte queues.
#include "base/buffer.h"

#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "base/chunk.h"
#include "base/text.h"
#include "support/check.h"

namespace {

TEST(buffer, append_and_consume) {
  base::Buffer buffer;
  CHECK(buffer.empty());
  buffer.append("hello ");
  buffer.append("world");
  CHECK_STR(buffer.text(), "hello world");
  buffer.consume(6);
  CHECK_STR(buffer.text(), "world");
  buffer.consume(100);
  CHECK(buffer.empty());
}

TEST(buffer, prepare_and_commit) {
  base::Buffer buffer;
  const auto space = buffer.prepare(10);
  CHECK(space.size() >= 10);
  std::memcpy(space.data(), "0123456789", 10);
  buffer.commit(4);
  CHECK_STR(buffer.text(), "0123");
  buffer.commit(SIZE_MAX);
  CHECK(buffer.size() >= 10);
}

// Whatever the sequence of appends and consumes, bytes come out as they went in.
TEST(buffer, keeps_order_while_growing_and_sliding) {
  base::Buffer buffer;
  uint8_t next_in = 0, next_out = 0;
  for (size_t step = 1; step < 2000; ++step) {
    std::vector<uint8_t> piece(step * 7 % 300);
    for (auto& octet : piece)
      octet = next_in++;
    buffer.append(piece);
    const size_t take = std::min(step * 11 % 310, buffer.size());
    for (size_t i = 0; i < take; ++i) {
      if (buffer.data()[i] != next_out++) {
        CHECK(!"order lost");
        return;
      }
    }
    buffer.consume(take);
  }
  CHECK_EQ(buffer.size(), static_cast<uint8_t>(next_in - next_out) + buffer.size() / 256 * 256);
}

TEST(buffer, move_leaves_an_empty_buffer) {
  base::Buffer from;
  from.append("abc");
  base::Buffer to(std::move(from));
  CHECK_STR(to.text(), "abc");
  CHECK_EQ(from.size(), 0u);
  from.append("x");
  to = std::move(from);
  CHECK_STR(to.text(), "x");
  CHECK(from.empty());
}

TEST(chunk, slices_share_memory) {
  base::Chunk slice;
  {
    const base::Chunk whole = base::Chunk::take(std::string(100, 'a') + "tail");
    slice = whole.without_first(100);
    CHECK(slice.data() == whole.data() + 100);
    CHECK_STR(whole.first(2).text(), "aa");
    CHECK(whole.without_first(1000).empty());
    CHECK_EQ(whole.first(1000).size(), 104u);
  }
  CHECK_STR(slice.text(), "tail");
  CHECK(base::Chunk::copy("").empty());
  CHECK_STR(base::Chunk::take(std::vector<uint8_t>{'x', 'y'}).text(), "xy");
  static constexpr char kStatic[] = "static";
  CHECK(base::Chunk::borrow(base::as_bytes(kStatic)).data() ==
        reinterpret_cast<const uint8_t*>(kStatic));
}

TEST(chunk, chain_queues_bytes) {
  base::ChunkChain chain;
  chain.append_copy(base::as_bytes("abc"));
  chain.append_copy(base::as_bytes("def"));
  // Neighbouring small copies make one piece.
  CHECK_STR(base::as_text(chain.front()), "abcdef");
  chain.append(base::Chunk::copy("GHI"));
  chain.append_copy(base::as_bytes("jkl"));
  CHECK_EQ(chain.size(), 12u);
  iovec entries[8];
  REQUIRE(chain.gather(entries) == 3);
  CHECK_EQ(entries[1].iov_len, 3u);
  CHECK_EQ(chain.gather(std::span(entries, 2)), 2u);
  uint8_t copied[8];
  CHECK_EQ(chain.copy_to(copied), 8u);
  CHECK_STR(base::as_text(copied), "abcdefGH");
  chain.consume(7);
  CHECK_STR(chain.to_string(), "HIjkl");
  CHECK_STR(chain.take_front(1).text(), "H");
  CHECK_STR(chain.take_front(100).text(), "I");
  base::ChunkChain other;
  other.append_copy(base::as_bytes("+"));
  other.append(std::move(chain));
  CHECK(chain.empty());
  CHECK_STR(other.to_string(), "+jkl");
  other.consume(100);
  CHECK(other.empty());
  CHECK(other.front().empty());
  CHECK(other.take_front(1).empty());
}

TEST(chunk, taken_bytes_stay_when_the_chain_goes_on) {
  base::ChunkChain chain;
  std::vector<base::Chunk> taken;
  std::string expected;
  for (int i = 0; i < 3000; ++i) {
    const std::string word = std::to_string(i) + " ";
    expected += word;
    chain.append_copy(base::as_bytes(word));
    if (i % 3 == 0) taken.push_back(chain.take_front(5));
  }
  while (!chain.empty())
    taken.push_back(chain.take_front(1000));
  std::string actual;
  for (const auto& chunk : taken)
    actual += chunk.text();
  CHECK(actual == expected);
}

}  // namespace
