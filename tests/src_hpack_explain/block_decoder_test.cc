// SPDX-License-Identifier: MIT
// Representations, what they do to the dynamic table, and what is wrong with blocks.
#include "hpack_explain/block_decoder.h"

#include <random>

#include "base/text.h"
#include "hpack_tools/block_encoder.h"
#include "hpack_tools/compare.h"
#include "support/check.h"

using namespace hpack_explain;
using namespace hpack_tools;
using Kind = Representation::Kind;
using base::as_bytes;

namespace {

std::string octets(const char* hex) {
  std::string out;
  for (; *hex != 0; hex += 2)
    out += static_cast<char>(base::hex_value(hex[0]) * 16 + base::hex_value(hex[1]));
  return out;
}

// "OFFSET SECTION" of what is wrong, or "good".
std::string verdict(BlockDecoder& decoder, const std::string& block) {
  const DecodedBlock out = decoder.decode(as_bytes(block));
  CHECK_STR(out.disagreement, "");
  if (!out.malformed) return "good";
  CHECK(!out.malformed->reason.empty());
  return std::to_string(out.malformed->offset) + " " + out.malformed->section;
}

std::string verdict(const char* hex) {
  BlockDecoder decoder;
  return verdict(decoder, octets(hex));
}

}  // namespace

TEST(block_decoder, kinds_of_representations) {
  BlockDecoder decoder;
  const std::string block = octets("3f21") + octets("82") + octets("41882f91d35d055cf64d") +
                            octets("4001610162") + octets("0f0103") + "xyz" + octets("1001618118");
  const DecodedBlock out = decoder.decode(as_bytes(block));
  CHECK_STR(out.disagreement, "");
  REQUIRE(out.malformed.has_value());  // 18 is padded with zeros
  REQUIRE(out.steps.size() == 5);
  CHECK(out.steps[0].representation.kind == Kind::max_size_update);
  CHECK_EQ(out.steps[0].representation.max_size, 64u);
  CHECK(out.steps[1].representation.kind == Kind::indexed);
  CHECK_EQ(out.steps[1].representation.index, 2u);
  CHECK_STR(out.steps[1].field.value, "GET");
  CHECK(out.steps[2].representation.kind == Kind::added);
  CHECK(out.steps[2].representation.value.is_huffman);
  CHECK_EQ(out.steps[2].representation.value.length, 8u);
  CHECK_EQ(out.steps[2].representation.begin, 3u);
  CHECK_EQ(out.steps[2].representation.end, 13u);
  CHECK(out.steps[2].is_inserted);
  CHECK_STR(out.steps[2].field.value, "example.org");
  CHECK(out.steps[3].representation.has_literal_name());
  CHECK(!out.steps[3].representation.name.is_huffman);
  REQUIRE(out.steps[3].evicted.size() == 1);
  CHECK_STR(out.steps[3].evicted[0].name, ":authority");
  CHECK_EQ(out.steps[3].table.entries, 1u);
  CHECK_EQ(out.steps[3].table.size, 34u);
  CHECK_EQ(out.steps[3].table.max_size, 64u);
  CHECK(out.steps[4].representation.kind == Kind::not_added);
  CHECK_EQ(out.steps[4].representation.index, 16u);
}

TEST(block_decoder, never_indexed_and_too_large_for_the_table) {
  BlockDecoder decoder;
  const std::string block = octets("1001610162") + octets("4001630164");
  DecodedBlock out = decoder.decode(as_bytes(block));
  REQUIRE(out.steps.size() == 2 && !out.malformed);
  CHECK(out.steps[0].representation.kind == Kind::never_added);
  CHECK(!out.steps[0].is_inserted);
  const auto evicted = decoder.change_table_size(33);
  CHECK_EQ(evicted.size(), 1u);
  out = decoder.decode(as_bytes(octets("3f02") + octets("4001630164")));
  CHECK_STR(out.disagreement, "");
  REQUIRE(out.steps.size() == 2);
  CHECK(!out.steps[1].is_inserted);
  CHECK_EQ(out.steps[1].table.entries, 0u);
}

TEST(block_decoder, what_is_wrong_and_where) {
  CHECK_STR(verdict(""), "good");
  CHECK_STR(verdict("82"), "good");
  CHECK_STR(verdict("8280"), "1 6.1");
  CHECK_STR(verdict("be"), "0 2.3.3");
  CHECK_STR(verdict("82ffff"), "3 5.1");
  CHECK_STR(verdict("ffffffffffffffffff"), "0 5.1");
  CHECK_STR(verdict("ff8080808010"), "0 5.1");
  CHECK_STR(verdict("8220"), "1 4.2");
  CHECK_STR(verdict("3fe21f"), "0 6.3");
  CHECK_STR(verdict("3fe11f"), "good");
  CHECK_STR(verdict("40"), "1 6.2");
  CHECK_STR(verdict("400161"), "3 6.2");
  CHECK_STR(verdict("40036162"), "4 5.2");
  CHECK_STR(verdict("007f82ff03"), "1 7.4");
  CHECK_STR(verdict("4082ffff0161"), "2 5.2");      // a name whose padding is too long
  CHECK_STR(verdict("40016184ffffffff"), "4 5.2");  // EOS in a value
  CHECK_STR(verdict("400161"
                    "8118"),
            "4 5.2");  // padding with zeros
}

TEST(block_decoder, a_smaller_table_is_announced) {
  for (const char* block : {"82", "", "400161"}) {
    BlockDecoder decoder;
    decoder.change_table_size(100);
    CHECK_STR(verdict(decoder, octets(block)), "0 4.2");
  }
  BlockDecoder decoder;
  decoder.change_table_size(100);
  CHECK_STR(verdict(decoder, octets("3f4582")), "good");
  // The least of several comes first.
  decoder.change_table_size(0);
  decoder.change_table_size(100);
  CHECK_STR(verdict(decoder, octets("203f4582")), "good");
  decoder.change_table_size(0);
  decoder.change_table_size(100);
  CHECK_STR(verdict(decoder, octets("3f4582")), "0 6.3");
  decoder = BlockDecoder();
  decoder.change_table_size(65536);
  CHECK_STR(verdict(decoder, octets("82")), "good");
}

TEST(block_decoder, bombs_have_a_limit) {
  BlockDecoder decoder;
  const std::string value(3000, 'v');
  std::string block = octets("400161") + octets("7fb916") + value + std::string(20000, '\xbe');
  const DecodedBlock out = decoder.decode(as_bytes(block));
  REQUIRE(out.malformed.has_value());
  CHECK_STR(out.malformed->section, "7.3");
}

TEST(block_decoder, agrees_with_the_library_on_noise) {
  std::mt19937 random(1);
  for (int round = 0; round < 20000; ++round) {
    BlockDecoder decoder;
    for (int blocks = 0; blocks < 3; ++blocks) {
      std::string block;
      for (unsigned length = random() % 12; length > 0; --length) {
        block += static_cast<char>(
            random() % 3 == 0 ? random() : "\x82\x40\x01\x61\x3f\xbe\x81"[random() % 7]);
      }
      if (verdict(decoder, block) != "good") break;
      if (random() % 4 == 0) decoder.change_table_size(random() % 200);
    }
  }
}

TEST(block_encoder, sizes_and_round_trip) {
  const std::vector<Field> fields = {{":method", "GET"}, {"x-a", std::string("\0\xff", 2)}};
  CHECK_EQ(octets_in(fields), 15u);
  BlockEncoder encoder(4096, 4096);
  const std::string block = encoder.encode(fields);
  BlockDecoder decoder;
  const DecodedBlock out = decoder.decode(as_bytes(block));
  REQUIRE(out.steps.size() == 2);
  CHECK_STR(out.steps[1].field.value, fields[1].value);
  encoder.change_table_size(4096);  // nothing new to say
  CHECK_STR(encoder.encode({}), "");
  encoder.change_table_size(0);
  CHECK_STR(encoder.encode({}), " ");
}

TEST(block_encoder, percentage) {
  CHECK_EQ(percentage(1, 4), 25.0);
  CHECK_EQ(percentage(3, 0), 0.0);
}

TEST(comparison, lines) {
  Comparison comparison;
  const std::vector<Field> fields = {{"x-name", "some value"}};
  const std::string first = comparison.add(fields);
  CHECK(first.starts_with("      0        16"));
  const std::string second = comparison.add(fields);
  // Without a table it is a literal again; with one it is an index.
  CHECK(second.ends_with("    6.25    6.25    6.25    6.25    6.25    6.25    6.25    6.25\n"));
  CHECK(comparison.total().starts_with("overall        32"));
  CHECK(comparison.heading().ends_with("    4096    8192   16384   32768   65536\n"));
}
