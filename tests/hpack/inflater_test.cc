// SPDX-License-Identifier: MIT
// Decoding: every malformed form, size updates, input in pieces, handles (RFC 7541 §3, §4, §6).
#include "hpack/inflater.h"

#include "fields.h"
#include "support/alloc_probe.h"
#include "support/check.h"

using namespace hpack_test;
using nghttp2::Allocator;
using nghttp2::Bytes;
using nghttp2::SharedBytes;
using nghttp2::Status;
using nghttp2::Token;
using nghttp2::hpack::Deflater;
using nghttp2::hpack::Inflater;
using Step = Inflater::Step;

namespace {

// The fields of a block given whole, or "error"; a block given in single octets must agree.
std::string outcome(Inflater& inflater, const std::string& block, size_t piece) {
  const Decoded decoded = decode(inflater, block, piece);
  if (decoded.status == Status::ok) return lines(decoded.fields);
  CHECK(decoded.status == Status::header_compression);
  return lines(decoded.fields) + "error";
}

std::string outcome_of(std::string_view hex) {
  std::string first;
  for (const size_t piece : {SIZE_MAX, size_t(1)}) {
    Inflater inflater(plain_allocator());
    const std::string now = outcome(inflater, from_hex(hex), piece);
    if (piece == SIZE_MAX) first = now;
    CHECK_STR(now, first);
  }
  return first;
}

std::string literal_of(size_t name_size, size_t value_size) {
  std::string block = "\x40";
  for (const size_t size : {name_size, value_size}) {
    uint8_t octets[nghttp2::hpack::kMaxIntegerOctets];
    uint8_t* const end = nghttp2::hpack::write_integer(octets, 0, 7, size);
    block += text_of({octets, size_t(end - octets)}) + std::string(size, 'x');
  }
  return block;
}

// Settings in this order, then this block.
std::string after_settings(std::initializer_list<size_t> settings, std::string_view hex) {
  Inflater inflater(plain_allocator());
  for (const size_t max : settings)
    CHECK(inflater.change_table_size(max) == Status::ok);
  return outcome(inflater, from_hex(hex), SIZE_MAX);
}

}  // namespace

TEST(hpack_inflater, indices) {
  CHECK_STR(outcome_of("82 bd"), ":method: GET\nwww-authenticate: \n");
  CHECK_STR(outcome_of("80"), "error");
  CHECK_STR(outcome_of("be"), "error");
  CHECK_STR(outcome_of("400161 0162 be bf"), "a: b\na: b\nerror");
  CHECK_STR(outcome_of("ff00"), "error");
  CHECK_STR(outcome_of("7e00"), "error");
  CHECK_STR(outcome_of("0f2e00"), "www-authenticate: \n");
  CHECK_STR(outcome_of("0f2f00"), "error");
  CHECK_STR(outcome_of("1f80808000 0162"), "!accept-charset: b\n");
  CHECK_STR(outcome_of("0f808080808000 0162"), "error");
}

TEST(hpack_inflater, literals) {
  CHECK_STR(outcome_of("00 0161 0162"), "a: b\n");
  CHECK_STR(outcome_of("10 0161 0162"), "!a: b\n");
  CHECK_STR(outcome_of("40 00 00"), ": \n");
  CHECK_STR(outcome_of("00 80 80"), ": \n");
  CHECK_STR(outcome_of("14 0161 82"), "!:path: a\n:method: GET\n");
  CHECK_STR(outcome_of("400161 0162 7e0163"), "a: b\na: c\n");
}

TEST(hpack_inflater, truncated_blocks) {
  const std::string block = from_hex("82 4001 6101 62 00 8187 8287ffff");
  for (size_t size = 0; size < block.size(); ++size) {
    const std::string decoded = outcome_of(to_hex(block.substr(0, size)));
    const bool is_whole = size <= 1 || size == 6;
    CHECK_EQ(decoded.find("error") == std::string::npos, is_whole);
  }
}

TEST(hpack_inflater, huffman_errors) {
  CHECK_STR(outcome_of("00 82ffff 0178"), "error");      // padding of 16 bits
  CHECK_STR(outcome_of("00 810001 78"), "error");        // padding of zeros
  CHECK_STR(outcome_of("00 84fffffffc 0178"), "error");  // end of string
  CHECK_STR(outcome_of("00 84ffffffff 0178"), "error");
  CHECK_STR(outcome_of("00 0178 85ffffffffff"), "error");
}

TEST(hpack_inflater, string_lengths_are_bounded) {
  for (const size_t piece : {SIZE_MAX, size_t(1000)}) {
    Inflater inflater(plain_allocator());
    CHECK(decode(inflater, literal_of(65536, 1), piece).status == Status::ok);
    CHECK(decode(inflater, literal_of(1, 65536), piece).status == Status::ok);
    CHECK(decode(inflater, literal_of(65537, 1), piece).status == Status::header_compression);
    Inflater another(plain_allocator());
    CHECK(decode(another, literal_of(1, 65537), piece).status == Status::header_compression);
  }
  // Known from the length alone.
  Inflater inflater(plain_allocator());
  const std::string start = literal_of(65537, 0).substr(0, 5);
  Bytes input = bytes_of(start);
  CHECK(inflater.next(input, false).status == Status::header_compression);
}

TEST(hpack_inflater, a_long_name_that_never_comes_takes_no_memory) {
  support::AllocProbe probe;
  const Allocator allocator(*probe.mem());
  Inflater inflater(allocator);
  const std::string start = from_hex("40 ff81ff03 00");
  Bytes input = bytes_of(start);
  CHECK(inflater.next(input, false).value == Step::need_more);
  CHECK(probe.live_bytes() < 1024);
}

TEST(hpack_inflater, size_updates_stand_at_the_beginning) {
  CHECK_STR(outcome_of("20 82"), ":method: GET\n");
  CHECK_STR(outcome_of("20 20 3fe11f 82"), ":method: GET\n");
  CHECK_STR(outcome_of("20"), "");
  CHECK_STR(outcome_of("82 20"), ":method: GET\nerror");
  CHECK_STR(outcome_of("20 82 20"), ":method: GET\nerror");
}

TEST(hpack_inflater, size_updates_obey_the_setting) {
  CHECK_STR(outcome_of("3fe11f 82"), ":method: GET\n");
  CHECK_STR(outcome_of("3fe21f 82"), "error");
  CHECK_STR(after_settings({5000}, "3fe21f 82"), ":method: GET\n");
  CHECK_STR(after_settings({5000}, "82"), ":method: GET\n");
  CHECK_STR(after_settings({0xffffffff}, "3fe0ffffff0f 82"), ":method: GET\n");
}

TEST(hpack_inflater, a_smaller_setting_demands_an_update) {
  CHECK_STR(after_settings({100}, "82"), "error");
  CHECK_STR(after_settings({100}, ""), "error");
  CHECK_STR(after_settings({100}, "3f45 82"), ":method: GET\n");
  CHECK_STR(after_settings({100}, "3f13 82"), ":method: GET\n");
  CHECK_STR(after_settings({100}, "3f46 82"), "error");
  // RFC 7541 §4.2: the minimum in between must be announced, then the final size.
  CHECK_STR(after_settings({100, 4096}, "3fe11f 82"), "error");
  CHECK_STR(after_settings({100, 4096}, "3f45 3fe11f 82"), ":method: GET\n");
  CHECK_STR(after_settings({100, 50, 200}, "3f45 82"), "error");
  CHECK_STR(after_settings({100, 50, 200}, "3f13 3fa901 82"), ":method: GET\n");
  CHECK_STR(after_settings({8192, 4096}, "82"), ":method: GET\n");
}

TEST(hpack_inflater, a_smaller_setting_evicts_at_once) {
  Inflater inflater(plain_allocator());
  CHECK_STR(outcome(inflater, from_hex("40016101 62"), SIZE_MAX), "a: b\n");
  CHECK_EQ(inflater.dynamic_table_size(), 34);
  CHECK(inflater.change_table_size(33) == Status::ok);
  CHECK_EQ(inflater.dynamic_table_size(), 0);
  CHECK_EQ(inflater.max_dynamic_table_size(), 33);
  CHECK_EQ(inflater.entry_count(), 61);
}

TEST(hpack_inflater, settings_change_between_blocks_only) {
  Inflater inflater(plain_allocator());
  const std::string block = from_hex("82 84");
  Bytes input = bytes_of(block);
  CHECK(inflater.next(input, true).value == Step::field);
  CHECK_EQ(input.size(), 1);
  CHECK(inflater.change_table_size(100) == Status::invalid_state);
  CHECK(inflater.next(input, true).value == Step::field);
  CHECK(inflater.next(input, true).value == Step::done);
  CHECK(inflater.change_table_size(100) == Status::invalid_state);
  inflater.end_block();
  CHECK(inflater.change_table_size(100) == Status::ok);
}

TEST(hpack_inflater, stays_broken_after_an_error) {
  Inflater inflater(plain_allocator());
  CHECK(decode(inflater, from_hex("80")).status == Status::header_compression);
  inflater.end_block();
  CHECK(decode(inflater, from_hex("82")).status == Status::header_compression);
  CHECK(inflater.change_table_size(100) == Status::invalid_state);
}

TEST(hpack_inflater, consumes_no_more_than_a_field) {
  Inflater inflater(plain_allocator());
  const std::string block = from_hex("40016101 62 82");
  Bytes input = bytes_of(block);
  CHECK(inflater.next(input, false).value == Step::field);
  CHECK_EQ(input.size(), 1);
  CHECK(inflater.next(input, false).value == Step::field);
  CHECK(inflater.next(input, false).value == Step::need_more);
  CHECK(inflater.next(input, true).value == Step::done);
}

TEST(hpack_inflater, names_and_values_end_in_nul) {
  Inflater inflater(plain_allocator());
  const std::string block = from_hex("82 40016101 62 be 00016301 64 7e0165 0f11 0166");
  Bytes input = bytes_of(block);
  unsigned count = 0;
  for (; inflater.next(input, true).value == Step::field; ++count) {
    CHECK_EQ(inflater.field().name.end()[0], 0);
    CHECK_EQ(inflater.field().value.end()[0], 0);
  }
  CHECK_EQ(count, 6);
}

TEST(hpack_inflater, tokens) {
  Inflater inflater(plain_allocator());
  // :method, a literal "te", the same from the table, and a name without a token.
  const std::string block = from_hex("82 40027465 0162 be 00017800");
  Bytes input = bytes_of(block);
  for (const Token token : {Token::method, Token::te, Token::te, Token::none}) {
    CHECK(inflater.next(input, true).value == Step::field);
    CHECK(inflater.field().token == token);
  }
}

TEST(hpack_inflater, handles_outlive_the_inflater) {
  support::AllocProbe probe;
  SharedBytes* name = nullptr;
  SharedBytes* value = nullptr;
  {
    const Allocator allocator(*probe.mem());
    Inflater inflater(allocator);
    const std::string block = from_hex("82 40016101 62");
    Bytes input = bytes_of(block);
    CHECK(inflater.next(input, true).value == Step::field);
    CHECK(inflater.name_handle()->is_static());
    CHECK(inflater.value_handle()->is_static());
    CHECK_STR(inflater.value_handle()->bytes(), "GET");
    CHECK(inflater.next(input, true).value == Step::field);
    name = inflater.name_handle();
    CHECK(name == inflater.name_handle());
    name->incref();
    value = inflater.value_handle();
    value->incref();
    CHECK(inflater.next(input, true).value == Step::done);
  }
  CHECK_STR(name->bytes(), "a");
  CHECK_STR(value->bytes(), "b");
  CHECK_EQ(probe.live_blocks(), 2);
  name->decref();
  value->decref();
  CHECK_STR(probe.complaint(), "");
}

TEST(hpack_inflater, entries_of_both_tables) {
  Inflater inflater(plain_allocator());
  CHECK(decode(inflater, from_hex("40016101 62 40016301 64")).status == Status::ok);
  CHECK_EQ(inflater.entry_count(), 63);
  CHECK(inflater.entry(0) == nullptr);
  CHECK(inflater.entry(64) == nullptr);
  CHECK_STR(reinterpret_cast<const char*>(inflater.entry(2)->value), "GET");
  const nghttp2::FieldView* newest = inflater.entry(62);
  const nghttp2::FieldView* oldest = inflater.entry(63);
  CHECK_STR(reinterpret_cast<const char*>(newest->name), "c");
  CHECK_STR(reinterpret_cast<const char*>(oldest->name), "a");
}

TEST(hpack_inflater, the_name_of_an_evicted_entry_can_be_used) {
  Inflater inflater(plain_allocator());
  CHECK(inflater.change_table_size(1200) == Status::ok);
  const std::string name(500, 'n');
  CHECK(decode(inflater, from_hex("3f9109")).status == Status::ok);
  CHECK_EQ(inflater.max_dynamic_table_size(), 1200);
  CHECK(decode(inflater, from_hex("40 7ff502") + name + from_hex("00")).status == Status::ok);
  // The oldest entry gives its name to its successor, wherever the octets have to go.
  for (unsigned i = 1; i < 300; ++i) {
    const std::string value(i % 7 * 18, 'v');
    const char index = char(0x7f - (inflater.entry_count() == 62));
    const std::string block =
        index + (index == 0x7f ? std::string(1, '\0') : std::string()) + char(value.size()) + value;
    CHECK_STR(lines(decode(inflater, block).fields), name + ": " + value + "\n");
  }
}

TEST(hpack_inflater, marks_come_along_with_an_entry) {
  Inflater inflater(plain_allocator());
  const auto marks_of = [&](const std::string& hex) {
    const std::string block = from_hex(hex);
    Bytes input = {reinterpret_cast<const uint8_t*>(block.data()), block.size()};
    CHECK(inflater.next(input, true).value == Step::field);
    const unsigned marks = inflater.field().marks;
    inflater.mark(4);
    inflater.end_block();
    return marks;
  };
  CHECK_EQ(marks_of("40 01 61 01 31"), 0u);
  CHECK_EQ(marks_of("be"), 4u);
  // Not with its name alone, nor with static fields and literals that do not become entries.
  CHECK_EQ(marks_of("7e 01 32"), 0u);
  CHECK_EQ(marks_of("0f 2f 01 32"), 0u);
  CHECK_EQ(marks_of("82"), 0u);
  CHECK_EQ(marks_of("82"), 0u);
  CHECK_EQ(marks_of("bf"), 4u);
  // One that is too large has emptied the table, and is no entry itself.
  CHECK_EQ(marks_of("40 01 61 7f a1 1f" + std::string(2 * 4128, '7')), 0u);
  CHECK_EQ(inflater.entry_count(), 61u);
  CHECK_EQ(marks_of("40 01 61 01 31"), 0u);
  CHECK_EQ(marks_of("be"), 4u);
}

TEST(hpack_inflater, large_strings_are_not_kept) {
  support::AllocProbe probe;
  const Allocator allocator(*probe.mem());
  Inflater inflater(allocator);
  std::string block = literal_of(1, 60000);
  block[0] = 0;
  CHECK(decode(inflater, block).status == Status::ok);
  CHECK(probe.peak_bytes() >= 60000);
  CHECK(probe.live_bytes() < 5000);
}

TEST(hpack_inflater, released_memory_changes_no_field) {
  Inflater inflater(plain_allocator());
  Deflater deflater(plain_allocator(), 4096);
  for (int i = 0; i < 100; ++i) {
    const FieldList fields = {{"x-" + std::to_string(i % 7), std::string(size_t(i), 'v')},
                              {"x-again", "always"}};
    const std::string block = encode(deflater, fields);
    inflater.release_memory();
    CHECK_STR(lines(decode(inflater, block, i % 2 == 0 ? 1 : SIZE_MAX).fields), lines(fields));
    CHECK_STR(table_lines(inflater), table_lines(deflater));
  }
  // Not within a block, whose literal may have begun.
  nghttp2::Bytes begun = bytes_of("\x40\x01");
  CHECK(inflater.next(begun, false).ok());
  inflater.release_memory();
  nghttp2::Bytes rest = bytes_of(
      "a\x01"
      "b");
  const auto step = inflater.next(rest, true);
  CHECK(step.ok() && step.value == Inflater::Step::field);
  CHECK_STR(text_of(inflater.field().name) + text_of(inflater.field().value), "ab");
}
