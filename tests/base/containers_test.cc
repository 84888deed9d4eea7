// SPDX-License-Identifier: MIT
// Vec, Buffer, Pool and Owned keep their contents when there is no memory, and leak nothing.
#include "base/buffer.h"
#include "base/bytes_of.h"
#include "base/owned.h"
#include "base/pool.h"
#include "base/vec.h"
#include "support/alloc_probe.h"
#include "support/check.h"

using namespace base_test;
using namespace nghttp2;
using support::AllocProbe;

TEST(base_vec, grows_and_shrinks) {
  AllocProbe probe;
  {
    const Allocator allocator(*probe.mem());
    Vec<int> vec(allocator);
    CHECK(vec.empty());
    CHECK_EQ(probe.allocation_count(), 0u);
    for (int i = 0; i < 100; ++i)
      CHECK(vec.push(i));
    CHECK_EQ(vec.size(), 100u);
    CHECK_EQ(vec[41], 41);
    CHECK_EQ(vec.back(), 99);
    vec.remove_unordered(3);
    CHECK_EQ(vec[3], 99);
    CHECK_EQ(vec.size(), 99u);
    vec.pop();
    CHECK_EQ(vec.back(), 97);
    const int more[] = {7, 8};
    CHECK(vec.append(more));
    CHECK_EQ(vec.back(), 8);
    Vec<int> other(allocator);
    other = static_cast<Vec<int>&&>(vec);
    CHECK(vec.empty());
    CHECK_EQ(other.size(), 100u);
    other.reset();
    CHECK_EQ(probe.live_blocks(), 0u);
  }
  CHECK_STR(probe.complaint(), "");
}

TEST(base_vec, many_small_pieces) {
  AllocProbe probe;
  {
    const Allocator allocator(*probe.mem());
    Vec<char> vec(allocator);
    for (int i = 0; i < 16384; ++i)
      CHECK(vec.append({"x", 1}));
    CHECK_EQ(vec.size(), 16384u);
    CHECK(probe.allocation_count() <= 16);
  }
  CHECK_STR(probe.complaint(), "");
}

TEST(base_vec, no_memory) {
  AllocProbe probe(AllocProbe::Failing::once, 1);
  {
    const Allocator allocator(*probe.mem());
    Vec<int> vec(allocator);
    for (int i = 0; i < 4; ++i)
      CHECK(vec.push(i));
    CHECK(!vec.push(4));
    CHECK_EQ(vec.size(), 4u);
    CHECK_EQ(vec.back(), 3);
    CHECK(vec.push(4));
    CHECK(!vec.reserve(SIZE_MAX / 2));
    CHECK_EQ(vec.size(), 5u);
  }
  CHECK_STR(probe.complaint(), "");
}

TEST(base_buffer, a_queue_of_bytes) {
  AllocProbe probe;
  {
    const Allocator allocator(*probe.mem());
    Buffer buffer(allocator);
    std::string expected;
    for (int round = 0; round < 200; ++round) {
      const std::string piece(size_t(round % 37), char('a' + round % 26));
      CHECK(buffer.append(bytes_of(piece)));
      expected += piece;
      const size_t taken = std::min<size_t>(expected.size(), size_t(round % 31));
      buffer.consume(taken);
      expected.erase(0, taken);
      CHECK_BYTES(buffer.bytes(), expected);
    }
    CHECK_EQ(buffer.empty(), expected.empty());
  }
  CHECK_STR(probe.complaint(), "");
}

TEST(base_buffer, late_changes) {
  const Allocator allocator(default_memory());
  Buffer buffer(allocator);
  CHECK(buffer.append(literal("abcdef")));
  buffer.consume(1);
  *buffer.at(1) = 'X';
  CHECK_BYTES(buffer.bytes(), "bXdef");
  buffer.truncate(3);
  CHECK_BYTES(buffer.bytes(), "bXd");
  CHECK(buffer.reserve(2));
  buffer.tail()[0] = 'y';
  buffer.commit(1);
  CHECK_BYTES(buffer.bytes(), "bXdy");
  buffer.clear();
  CHECK(buffer.empty());
  buffer.reset();
  CHECK_EQ(buffer.room(), 0u);
}

TEST(base_buffer, no_memory) {
  AllocProbe probe(AllocProbe::Failing::once, 1);
  {
    const Allocator allocator(*probe.mem());
    Buffer buffer(allocator);
    CHECK(buffer.append(literal("abc")));
    const std::string large(1000, 'x');
    CHECK(!buffer.append(bytes_of(large)));
    CHECK_BYTES(buffer.bytes(), "abc");
    CHECK(!buffer.reserve(SIZE_MAX - 1));
    CHECK(buffer.append(bytes_of(large)));
    CHECK_EQ(buffer.size(), 1003u);
  }
  CHECK_STR(probe.complaint(), "");
}

namespace {

struct Counted {
  explicit Counted(int& count) : count(count) { ++count; }
  ~Counted() { --count; }
  int& count;
  char payload[40] = {};
};

}  // namespace

TEST(base_buffer, borrows_memory_as_long_as_it_suffices) {
  AllocProbe probe;
  {
    const Allocator allocator(*probe.mem());
    Buffer buffer(allocator);
    uint8_t memory[8];
    buffer.borrow(memory);
    CHECK(buffer.append(literal("12345678")));
    CHECK(buffer.bytes().data() == memory);
    CHECK_EQ(probe.allocation_count(), 0u);
    buffer.consume(2);
    CHECK(buffer.append(literal("9")));
    CHECK(!buffer.is_borrowing());
    CHECK(equal(buffer.bytes(), literal("3456789")));
    buffer.clear();
    // What it has of its own waits meanwhile.
    buffer.borrow(memory);
    CHECK(buffer.append(literal("abc")));
    CHECK(buffer.give_back());
    CHECK(equal(buffer.bytes(), literal("abc")));
    CHECK_EQ(probe.allocation_count(), 1u);
    buffer.clear();
    buffer.borrow(memory);
    buffer.reset();
    CHECK_EQ(probe.live_blocks(), 0u);
    CHECK(buffer.is_borrowing());
    CHECK(buffer.append(literal("abcdefgh")));
    CHECK(buffer.bytes().data() == memory);
  }
  CHECK_STR(probe.complaint(), "");
}

TEST(base_buffer, keeps_what_it_borrowed_without_memory_of_its_own) {
  AllocProbe probe(AllocProbe::Failing::from_then_on, 0);
  {
    const Allocator allocator(*probe.mem());
    Buffer buffer(allocator);
    uint8_t memory[4];
    buffer.borrow(memory);
    CHECK(buffer.give_back());
    buffer.borrow(memory);
    CHECK(buffer.append(literal("1234")));
    CHECK(!buffer.append(literal("5")));
  }
  CHECK_STR(probe.complaint(), "");
}

TEST(base_pool, keeps_a_few_places) {
  AllocProbe probe;
  int alive = 0;
  {
    const Allocator allocator(*probe.mem());
    Pool<Counted, 2> pool(allocator);
    Counted* objects[5];
    for (Counted*& object : objects)
      object = pool.create(alive);
    CHECK_EQ(alive, 5);
    CHECK_EQ(probe.allocation_count(), 5u);
    for (Counted* object : objects)
      pool.destroy(object);
    CHECK_EQ(alive, 0);
    CHECK_EQ(probe.live_blocks(), 2u);
    for (Counted*& object : objects)
      object = pool.create(alive);
    CHECK_EQ(probe.allocation_count(), 8u);
    for (Counted* object : objects)
      pool.destroy(object);
    pool.destroy(nullptr);
  }
  CHECK_STR(probe.complaint(), "");
}

TEST(base_pool, allocates_nothing_in_steady_use) {
  AllocProbe probe;
  int alive = 0;
  {
    const Allocator allocator(*probe.mem());
    Pool<Counted, 100> pool(allocator);
    Counted* objects[100];
    for (int repeat = 0; repeat < 20; ++repeat) {
      for (Counted*& object : objects)
        object = pool.create(alive);
      for (Counted* object : objects)
        pool.destroy(object);
    }
    CHECK_EQ(probe.allocation_count(), 100u);
  }
  CHECK_STR(probe.complaint(), "");
}

TEST(base_pool, gives_back_what_a_burst_has_left) {
  AllocProbe probe;
  int alive = 0;
  {
    const Allocator allocator(*probe.mem());
    Pool<Counted, 100> pool(allocator);
    Counted* objects[100];
    for (Counted*& object : objects)
      object = pool.create(alive);
    for (Counted* object : objects)
      pool.destroy(object);
    for (int repeat = 0; repeat < 200; ++repeat) {
      Counted* first = pool.create(alive);
      Counted* second = pool.create(alive);
      pool.destroy(first);
      pool.destroy(second);
    }
    CHECK_EQ(probe.live_blocks(), 2u);
  }
  CHECK_STR(probe.complaint(), "");
}

TEST(base_pool, no_memory) {
  AllocProbe probe(AllocProbe::Failing::from_then_on, 1);
  int alive = 0;
  {
    const Allocator allocator(*probe.mem());
    Pool<Counted, 2> pool(allocator);
    Counted* first = pool.create(alive);
    CHECK(first != nullptr);
    CHECK(pool.create(alive) == nullptr);
    CHECK_EQ(alive, 1);
    pool.destroy(first);
    CHECK(pool.create(alive) == first);
    pool.destroy(first);
  }
  CHECK_STR(probe.complaint(), "");
}

TEST(base_owned, one_owner_at_a_time) {
  AllocProbe probe;
  int alive = 0;
  {
    const Allocator allocator(*probe.mem());
    Owned<Counted> first = make_owned<Counted>(allocator, alive);
    CHECK(bool(first));
    Owned<Counted> second = static_cast<Owned<Counted>&&>(first);
    CHECK(!first);
    CHECK_EQ(&second->count, &alive);
    second = make_owned<Counted>(allocator, alive);
    CHECK_EQ(alive, 1);
    Counted* taken = second.take();
    CHECK(!second);
    CHECK_EQ(alive, 1);
    allocator.destroy(taken);
    second.reset();
  }
  CHECK_EQ(alive, 0);
  CHECK_STR(probe.complaint(), "");
}

TEST(base_owned, no_memory) {
  AllocProbe probe(AllocProbe::Failing::from_then_on, 0);
  int alive = 0;
  const Allocator allocator(*probe.mem());
  CHECK(!make_owned<Counted>(allocator, alive));
  CHECK_EQ(alive, 0);
}
