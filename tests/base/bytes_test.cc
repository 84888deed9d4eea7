// SPDX-License-Identifier: MIT
// Slices check their bounds, integers are in network byte order.
#include "base/bytes.h"

#include <sys/wait.h>
#include <unistd.h>

#include "base/bytes_of.h"
#include "base/table.h"
#include "support/check.h"

using namespace base_test;
using namespace nghttp2;

namespace {

// Whether the process would have died from it.
template <typename Action>
bool traps(Action action) {
  const pid_t child = fork();
  if (child == 0) {
    action();
    _exit(0);
  }
  int status = 0;
  return waitpid(child, &status, 0) == child && !(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

}  // namespace

TEST(base_bytes, parts_of_a_slice) {
  const Bytes all = literal("abcdef");
  CHECK_EQ(all.size(), 6u);
  CHECK_BYTES(all.first(2), "ab");
  CHECK_BYTES(all.from(4), "ef");
  CHECK_BYTES(all.part(1, 3), "bcd");
  CHECK(all.from(6).empty());
  CHECK_EQ(all[5], 'f');
}

TEST(base_bytes, bounds_are_enforced) {
  const Bytes all = literal("abc");
  volatile size_t three = 3;
  volatile size_t four = 4;
  CHECK(!traps([&] { (void)all.from(three); }));
  CHECK(traps([&] {
    volatile uint8_t octet = all[three];
    (void)octet;
  }));
  CHECK(traps([&] { (void)all.first(four); }));
  CHECK(traps([&] { (void)all.from(four); }));
  CHECK(traps([&] { (void)all.part(2, three - 1); }));
}

TEST(base_bytes, table_bounds_are_enforced) {
  constexpr Table<int, 3> kTable = {{1, 2, 3}};
  volatile size_t index = 2;
  CHECK_EQ(kTable[index], 3);
  index = 3;
  CHECK(traps([&] {
    volatile int item = kTable[index];
    (void)item;
  }));
}

TEST(base_bytes, equality) {
  CHECK(equal(literal("ab"), literal("ab")));
  CHECK(!equal(literal("ab"), literal("ac")));
  CHECK(!equal(literal("ab"), literal("abc")));
  CHECK(equal(Bytes(), literal("")));
}

TEST(base_bytes, network_byte_order) {
  uint8_t octets[4];
  store_u16(octets, 0x1234);
  CHECK_BYTES(Bytes(octets, 2), "\x12\x34");
  CHECK_EQ(load_u16(octets), 0x1234);
  store_u24(octets, 0x89abcd);
  CHECK_BYTES(Bytes(octets, 3), "\x89\xab\xcd");
  CHECK_EQ(load_u24(octets), 0x89abcdu);
  store_u32(octets, 0xfedcba98);
  CHECK_BYTES(Bytes(octets, 4), "\xfe\xdc\xba\x98");
  CHECK_EQ(load_u32(octets), 0xfedcba98u);
}

TEST(base_bytes, copying_nothing_from_nowhere) {
  uint8_t octet = 7;
  CHECK(copy_bytes(&octet, Bytes()) == &octet);
  CHECK(copy_bytes(&octet, literal("x")) == &octet + 1);
  CHECK_EQ(octet, 'x');
}
