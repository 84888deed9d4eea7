// SPDX-License-Identifier: MIT
// Runs of octets in whole words: each octet counts, and none beside them.
#include "hpack/word_access.h"

#include <vector>

#include "support/check.h"

using nghttp2::hpack::copy_octets;
using nghttp2::hpack::same_octets;

namespace {

// In memory of just that size, so that reading beyond it shows.
std::vector<uint8_t> octets_of(size_t size) {
  std::vector<uint8_t> octets(size);
  for (size_t i = 0; i < size; ++i)
    octets[i] = uint8_t(i * 37 + size);
  return octets;
}

}  // namespace

TEST(hpack_word_access, every_octet_is_compared) {
  for (size_t size = 0; size <= 100; ++size) {
    const std::vector<uint8_t> one = octets_of(size);
    std::vector<uint8_t> other = one;
    CHECK(same_octets(one.data(), other.data(), size));
    for (size_t i = 0; i < size; ++i) {
      for (const uint8_t bit : {0x01, 0x80}) {
        other[i] ^= bit;
        CHECK(!same_octets(one.data(), other.data(), size));
        other[i] ^= bit;
      }
    }
  }
}

TEST(hpack_word_access, every_octet_is_copied_and_no_other_written) {
  for (size_t size = 0; size <= 100; ++size) {
    const std::vector<uint8_t> from = octets_of(size);
    std::vector<uint8_t> to(size + 2, 0xee);
    CHECK(copy_octets(to.data() + 1, from.data(), size) == to.data() + 1 + size);
    CHECK(same_octets(to.data() + 1, from.data(), size));
    CHECK_EQ(to.front(), 0xee);
    CHECK_EQ(to.back(), 0xee);
  }
}
