// SPDX-License-Identifier: MIT
// Integers with a prefix: RFC 7541 §5.1 and Appendix C.1, bounds, and input in pieces.
#include "hpack/integer.h"

#include "fields.h"
#include "support/check.h"

using namespace hpack_test;
using nghttp2::Bytes;
using nghttp2::hpack::Cursor;
using nghttp2::hpack::IntegerReader;
using nghttp2::hpack::kMaxIntegerOctets;
using nghttp2::hpack::prefix_mask;
using Outcome = IntegerReader::Outcome;

namespace {

struct Read {
  Outcome outcome;
  uint32_t value;
  size_t used;
};

Cursor cursor_over(Bytes bytes) {
  return {bytes.begin(), bytes.end()};
}

Read read(const std::string& octets, unsigned prefix_bits, uint32_t max = UINT32_MAX) {
  const uint32_t prefix = uint8_t(octets[0]) & prefix_mask(prefix_bits);
  if (prefix < prefix_mask(prefix_bits)) {
    return {prefix <= max ? Outcome::complete : Outcome::invalid, prefix, 1};
  }
  IntegerReader reader;
  Cursor input = cursor_over(bytes_of(octets).from(1));
  reader.start(prefix_bits);
  const Outcome outcome = reader.resume(input, max);
  return {outcome, reader.value(), octets.size() - input.left()};
}

std::string write(uint8_t pattern, unsigned prefix_bits, size_t value) {
  uint8_t octets[kMaxIntegerOctets];
  uint8_t* const end = nghttp2::hpack::write_integer(octets, pattern, prefix_bits, value);
  CHECK_EQ(size_t(end - octets), nghttp2::hpack::integer_octets(prefix_bits, value));
  return to_hex(text_of({octets, size_t(end - octets)}));
}

}  // namespace

TEST(hpack_integer, rfc_examples) {
  CHECK_STR(write(0xe0, 5, 10), "ea");
  CHECK_STR(write(0xe0, 5, 1337), "ff9a0a");
  CHECK_STR(write(0, 8, 42), "2a");
  CHECK_EQ(read(from_hex("ea"), 5).value, 10);
  CHECK_EQ(read(from_hex("ff9a0a"), 5).value, 1337);
  CHECK_EQ(read(from_hex("2a"), 8).value, 42);
}

TEST(hpack_integer, what_is_written_is_read) {
  for (unsigned prefix_bits = 1; prefix_bits <= 8; ++prefix_bits) {
    for (const uint32_t base :
         {0u, 1u << prefix_bits, 127u, 128u, 255u, 16384u, 1u << 21, 1u << 28, UINT32_MAX - 2}) {
      for (uint32_t value = base < 3 ? 0 : base - 3; value < base || value - base < 3; ++value) {
        const Read result = read(from_hex(write(0, prefix_bits, value)) + "rest", prefix_bits);
        CHECK(result.outcome == Outcome::complete);
        CHECK_EQ(result.value, value);
        CHECK_EQ(result.used, nghttp2::hpack::integer_octets(prefix_bits, value));
        if (value == UINT32_MAX) break;
      }
    }
  }
}

TEST(hpack_integer, sixty_four_bits_fit_the_stated_room) {
  CHECK_STR(write(0, 1, SIZE_MAX), "01feffffffffffffffff01");
  CHECK_EQ(nghttp2::hpack::integer_octets(1, SIZE_MAX), 11);
  CHECK(nghttp2::hpack::integer_octets(1, SIZE_MAX) <= kMaxIntegerOctets);
}

TEST(hpack_integer, maximum_is_enforced_as_soon_as_passed) {
  CHECK(read(from_hex("0a"), 4, 10).outcome == Outcome::complete);
  CHECK(read(from_hex("0b"), 4, 10).outcome == Outcome::invalid);
  // The prefix alone is above it already.
  CHECK(read(from_hex("0f"), 4, 10).outcome == Outcome::invalid);
  CHECK(read(from_hex("7fff03"), 7, 638).outcome == Outcome::complete);
  CHECK(read(from_hex("7fff03"), 7, 637).outcome == Outcome::invalid);
  CHECK(read(from_hex("7f80ffffff0f"), 7).outcome == Outcome::complete);
  CHECK_EQ(read(from_hex("7f80ffffff0f"), 7).value, UINT32_MAX);
  CHECK(read(from_hex("7f81ffffff0f"), 7).outcome == Outcome::invalid);
  CHECK(read(from_hex("7fffffffff7f"), 7).outcome == Outcome::invalid);
}

TEST(hpack_integer, padding_ends_after_five_octets) {
  CHECK(read(from_hex("7f8080808000"), 7).outcome == Outcome::complete);
  CHECK_EQ(read(from_hex("7f8080808000"), 7).value, 127);
  CHECK(read(from_hex("7f808080808000"), 7).outcome == Outcome::invalid);
  CHECK(read(from_hex("7f8080808080"), 7).outcome == Outcome::need_more);
}

TEST(hpack_integer, input_in_pieces) {
  const std::string octets = from_hex("1f9a0a");
  IntegerReader reader;
  reader.start(5);
  Cursor nothing = cursor_over({});
  CHECK(reader.resume(nothing, UINT32_MAX) == Outcome::need_more);
  Cursor second = cursor_over(bytes_of(octets).part(1, 1));
  CHECK(reader.resume(second, UINT32_MAX) == Outcome::need_more);
  CHECK(second.empty());
  CHECK(reader.resume(nothing, UINT32_MAX) == Outcome::need_more);
  Cursor third = cursor_over(bytes_of(octets).from(2));
  CHECK(reader.resume(third, UINT32_MAX) == Outcome::complete);
  CHECK_EQ(reader.value(), 1337);
}
