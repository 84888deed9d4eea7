// SPDX-License-Identifier: MIT
// Encoding: representations, what enters the table, size updates, bounds (RFC 7541 §4, §6, §7.1).
#include "hpack/deflater.h"

#include "fields.h"
#include "support/alloc_probe.h"
#include "support/check.h"

using namespace hpack_test;
using nghttp2::Allocator;
using nghttp2::FieldView;
using nghttp2::MutableBytes;
using nghttp2::Status;
using nghttp2::hpack::Deflater;
using nghttp2::hpack::Inflater;

namespace {

std::string hex_of(Deflater& deflater, const FieldList& fields) {
  return to_hex(encode(deflater, fields));
}

std::string hex_of(const TestField& field) {
  Deflater deflater(plain_allocator(), 4096);
  return hex_of(deflater, {field});
}

// Whether the field enters the table.
bool is_added(const std::string& name, const std::string& value) {
  Deflater deflater(plain_allocator(), 4096);
  CHECK(!encode(deflater, {{name, value}}).empty());
  return deflater.entry_count() > 61;
}

const FieldList kGet = {{":method", "GET"}};

}  // namespace

TEST(hpack_deflater, static_entries) {
  CHECK_STR(hex_of({":method", "GET"}), "82");
  CHECK_STR(hex_of({":path", "/index.html"}), "85");
  CHECK_STR(hex_of({":status", "500"}), "8e");
  CHECK_STR(hex_of({"accept-encoding", "gzip, deflate"}), "90");
  CHECK_STR(hex_of({"etag", ""}), "a2");
  CHECK_STR(hex_of({"www-authenticate", ""}), "bd");
}

TEST(hpack_deflater, dynamic_entries) {
  Deflater deflater(plain_allocator(), 4096);
  CHECK_STR(hex_of(deflater, {{"x-a", "b"}, {"x-a", "b"}}), "4003782d610162be");
  CHECK_STR(hex_of(deflater, {{"x-a", "c"}, {"x-a", "b"}, {"x-a", "c"}}), "7e0163bfbe");
  CHECK_STR(hex_of(deflater, {{"server", "s"}, {"server", "s"}}), "760173be");
  CHECK_STR(table_lines(deflater), "server: s\nx-a: c\nx-a: b\n");
}

TEST(hpack_deflater, huffman_only_where_it_is_shorter) {
  CHECK_STR(hex_of({":path", "/a"}), "04022f61");
  CHECK_STR(hex_of({":path", "/aaaaaaa"}), "0486606318c631ff");
  CHECK_STR(hex_of({":path", "\\\\"}), "04025c5c");
}

TEST(hpack_deflater, lengths_of_several_octets) {
  for (const size_t size : {126, 127, 128, 200, 254, 255, 300, 16510, 16511, 16512, 70000}) {
    for (const char octet : {'0', 'x', 'Z', '\x01'}) {
      Deflater deflater(plain_allocator(), 4096);
      Inflater inflater(plain_allocator());
      const FieldList fields = {{"x-name", std::string(size, octet)}, {":path", "/"}};
      const std::string block = encode(deflater, fields);
      CHECK(block.size() <= Deflater::bound({views_of(fields).data(), 2}));
      const Decoded decoded = decode(inflater, block);
      if (size <= 65536) CHECK(decoded.fields == fields);
    }
  }
}

TEST(hpack_deflater, what_enters_the_table) {
  for (const char* name : {":authority", "x-anything", "user-agent", "date", "te", "last-modified"})
    CHECK(is_added(name, "value"));
  for (const char* name : {":path", "age", "content-length", "etag", "if-modified-since",
                           "if-none-match", "location", "set-cookie"}) {
    CHECK(!is_added(name, "value"));
    CHECK(hex_of({name, "value"})[0] == '0');
  }
  CHECK(is_added("x", std::string(4096 / 4 * 3 - 32 - 1, 'v')));
  CHECK(!is_added("x", std::string(4096 / 4 * 3 - 32, 'v')));
}

TEST(hpack_deflater, secrets_are_never_indexed) {
  CHECK_STR(hex_of({"authorization", "x"}).substr(0, 4), "1f08");
  CHECK_STR(hex_of({"proxy-authorization", "x"}).substr(0, 4), "1f22");
  CHECK_STR(hex_of({"cookie", std::string(19, 'x')}).substr(0, 4), "1f11");
  CHECK_STR(hex_of({"cookie", std::string(20, 'x')}).substr(0, 2), "60");
}

TEST(hpack_deflater, fields_that_the_application_keeps_out) {
  Deflater deflater(plain_allocator(), 4096);
  CHECK_STR(hex_of(deflater, {{":method", "GET", true}, {"x", "y", true}}), "12034745541001780179");
  CHECK_EQ(deflater.entry_count(), 61);
  // The name may come from the table, an equal entry may not.
  CHECK_STR(hex_of(deflater, {{"x", "y"}, {"x", "y", true}}), "40017801791f2f0179");
}

TEST(hpack_deflater, a_small_table_is_announced_at_once) {
  Deflater none(plain_allocator(), 0);
  CHECK_STR(hex_of(none, kGet), "2082");
  CHECK_STR(hex_of(none, kGet), "82");
  CHECK_STR(hex_of(none, {{"x", "y"}}), "0001780179");
  Deflater full(plain_allocator(), 4096);
  CHECK_STR(hex_of(full, kGet), "82");
  Deflater large(plain_allocator(), 65536);
  CHECK_STR(hex_of(large, kGet), "82");
  CHECK_EQ(large.max_dynamic_table_size(), 4096);
}

TEST(hpack_deflater, settings_are_announced_with_their_minimum) {
  Deflater deflater(plain_allocator(), 8192);
  CHECK(deflater.change_table_size(8192) == Status::ok);
  CHECK_STR(hex_of(deflater, kGet), "3fe13f82");
  CHECK(deflater.change_table_size(0) == Status::ok);
  CHECK(deflater.change_table_size(60) == Status::ok);
  CHECK_EQ(deflater.max_dynamic_table_size(), 60);
  CHECK_STR(hex_of(deflater, kGet), "203f1d82");
  CHECK(deflater.change_table_size(100) == Status::ok);
  CHECK_STR(hex_of(deflater, kGet), "3f4582");
  // More than the own maximum is not used.
  CHECK(deflater.change_table_size(0xffffffff) == Status::ok);
  CHECK_STR(hex_of(deflater, kGet), "3fe13f82");
  CHECK_STR(hex_of(deflater, {}), "");
}

TEST(hpack_deflater, the_callers_memory) {
  const FieldList fields = {{":method", "GET"}, {"x-name", "value"}};
  const std::vector<FieldView> views = views_of(fields);
  const std::string block = [&] {
    Deflater deflater(plain_allocator(), 4096);
    return encode(deflater, fields);
  }();
  CHECK_EQ(Deflater::bound({views.data(), views.size()}), 12 + 2 * 12 + 10 + 11);
  for (size_t size = 0; size < 60; ++size) {
    Deflater deflater(plain_allocator(), 4096);
    std::vector<uint8_t> memory(size);
    const auto length =
        deflater.encode_into({memory.data(), memory.size()}, {views.data(), views.size()});
    if (size >= block.size()) {
      CHECK(length.ok());
      CHECK_BYTES(text_of({memory.data(), length.value}), block);
      continue;
    }
    CHECK(length.status == Status::insufficient_buffer);
    std::vector<uint8_t> enough(100);
    CHECK(deflater.encode_into({enough.data(), 100}, {views.data(), 1}).status ==
          Status::header_compression);
  }
}

TEST(hpack_deflater, appends_to_the_buffer) {
  Deflater deflater(plain_allocator(), 4096);
  nghttp2::Buffer out(plain_allocator());
  CHECK(out.append(bytes_of("head")));
  const std::vector<FieldView> views = views_of(kGet);
  CHECK(deflater.encode(out, {views.data(), 1}) == Status::ok);
  CHECK_BYTES(out.bytes(), "head\x82");
}

TEST(hpack_deflater, gives_up) {
  Deflater deflater(plain_allocator(), 4096);
  deflater.give_up();
  nghttp2::Buffer out(plain_allocator());
  CHECK(deflater.encode(out, {}) == Status::header_compression);
}

TEST(hpack_deflater, no_memory_breaks_it) {
  const FieldList fields = {{"x-name", "value"}};
  const std::vector<FieldView> views = views_of(fields);
  for (size_t fail_at = 0; fail_at < 4; ++fail_at) {
    support::AllocProbe probe(support::AllocProbe::Failing::once, fail_at);
    {
      const Allocator allocator(*probe.mem());
      Deflater deflater(allocator, 4096);
      nghttp2::Buffer out(allocator);
      const Status status = deflater.encode(out, {views.data(), 1});
      CHECK(status == (probe.has_failed() ? Status::no_memory : Status::ok));
      const Status later = deflater.encode(out, {views.data(), 1});
      CHECK(later == (probe.has_failed() ? Status::header_compression : Status::ok));
    }
    CHECK_STR(probe.complaint(), "");
  }
}

TEST(hpack_deflater, many_equal_hashes_end_the_search_not_the_encoding) {
  // More entries of one name than a search looks at: the oldest is just encoded anew.
  Deflater deflater(plain_allocator(), 65536);
  Inflater inflater(plain_allocator());
  CHECK(deflater.change_table_size(65536) == Status::ok);
  CHECK(inflater.change_table_size(65536) == Status::ok);
  FieldList fields;
  for (unsigned i = 0; i < 2000; ++i)
    fields.push_back({"x-name", std::to_string(i % 1000)});
  CHECK(decode(inflater, encode(deflater, fields)).fields == fields);
}

// The field that was last indexed under a name is looked at before any search. However wrong that
// guess is, the blocks are those that a search makes.

TEST(hpack_deflater, a_repeated_field_is_found_in_any_place) {
  Deflater deflater(plain_allocator(), 4096);
  CHECK(!encode(deflater, {{"x-a", "1"}, {"x-b", "2"}, {"server", "s"}}).empty());
  CHECK_STR(hex_of(deflater, {{"x-a", "1"}, {"x-b", "2"}, {"server", "s"}}), "c0bfbe");
  CHECK_STR(hex_of(deflater, {{"server", "s"}, {"x-a", "1"}, {"x-b", "2"}}), "bec0bf");
  CHECK_STR(hex_of(deflater, {{"x-b", "2"}, {":method", "GET"}, {"x-b", "2"}}), "bf82bf");
}

TEST(hpack_deflater, values_that_take_turns_are_both_found) {
  Deflater deflater(plain_allocator(), 4096);
  CHECK_STR(hex_of(deflater, {{"server", "s"}, {"server", "t"}}),
            "76017376"
            "0174");
  for (int i = 0; i < 3; ++i) {
    CHECK_STR(hex_of(deflater, {{"server", "s"}, {"server", "t"}}), "bfbe");
    CHECK_STR(hex_of(deflater, {{"server", "t"}, {"server", "t"}, {"server", "s"}}), "bebebf");
  }
  // As long as the one that is guessed, and longer.
  CHECK_STR(hex_of(deflater, {{"server", "u"}, {"server", "st"}}),
            "7601757602"
            "7374");
}

TEST(hpack_deflater, evicted_fields_are_sent_again) {
  Deflater deflater(plain_allocator(), 100);
  Inflater inflater(plain_allocator());
  CHECK(inflater.change_table_size(100) == Status::ok);
  const auto passes = [&](const FieldList& fields) {
    return decode(inflater, encode(deflater, fields)).fields == fields;
  };
  // Two of these fit.
  for (int i = 0; i < 5; ++i)
    CHECK(passes({{"x-a", "1"}, {"x-b", "2"}, {"x-c", "3"}, {"x-c", "3"}, {"x-a", "1"}}));
  CHECK_STR(table_lines(deflater), table_lines(inflater));
}

TEST(hpack_deflater, fields_of_a_table_that_was_emptied_are_sent_again) {
  Deflater deflater(plain_allocator(), 4096);
  Inflater inflater(plain_allocator());
  const FieldList fields = {{"x-a", "1"}, {"x-b", "2"}};
  CHECK(decode(inflater, encode(deflater, fields)).fields == fields);
  for (const size_t size : {0, 36, 4096, 0, 4096}) {
    CHECK(deflater.change_table_size(size) == Status::ok);
    CHECK(inflater.change_table_size(size) == Status::ok);
    for (int i = 0; i < 3; ++i)
      CHECK(decode(inflater, encode(deflater, fields)).fields == fields);
    CHECK_STR(table_lines(deflater), table_lines(inflater));
  }
}

TEST(hpack_deflater, never_indexed_fields_take_no_index_and_leave_the_others_theirs) {
  Deflater deflater(plain_allocator(), 4096);
  CHECK_STR(hex_of(deflater, {{"x", "y"}}), "4001780179");
  CHECK_STR(hex_of(deflater, {{"x", "y", true}, {"x", "y"}}),
            "1f2f0179"
            "be");
  CHECK_STR(hex_of(deflater, {{"x", "z", true}, {"x", "y"}}),
            "1f2f017a"
            "be");
}

TEST(hpack_deflater, a_table_of_more_entries_than_a_guess_can_tell_apart) {
  Deflater deflater(plain_allocator(), 65536);
  Inflater inflater(plain_allocator());
  CHECK(deflater.change_table_size(65536) == Status::ok);
  CHECK(inflater.change_table_size(65536) == Status::ok);
  // Far more names than slots for them, and entries 256 apart from each other.
  FieldList fields;
  for (unsigned i = 0; i < 600; ++i)
    fields.push_back({"x-" + std::to_string(i), "value"});
  CHECK(decode(inflater, encode(deflater, fields)).fields == fields);
  const std::string again = encode(deflater, fields);
  CHECK(again.size() < 3 * fields.size());
  CHECK(decode(inflater, again).fields == fields);
  CHECK_EQ(deflater.entry_count(), 61 + 600);
}

TEST(hpack_deflater, names_of_one_slot_do_not_get_in_each_others_way) {
  using nghttp2::hpack::name_slot;
  std::string other;
  for (unsigned i = 0; other.empty(); ++i) {
    const std::string name = "x-" + std::to_string(i);
    if (name_slot(bytes_of(name)) == name_slot(bytes_of("server"))) other = name;
  }
  Deflater deflater(plain_allocator(), 4096);
  CHECK(!encode(deflater, {{"server", "s"}, {other, "s"}}).empty());
  CHECK_STR(hex_of(deflater, {{"server", "s"}, {other, "s"}, {"server", "s"}}), "bfbebf");
}

TEST(hpack_deflater, given_up_it_stays_even_for_fields_it_knows) {
  Deflater deflater(plain_allocator(), 4096);
  CHECK_STR(hex_of(deflater, {{"server", "s"}, {"server", "s"}}), "760173be");
  deflater.give_up();
  CHECK_STR(hex_of(deflater, {{"server", "s"}}), "");
}

TEST(hpack_deflater, released_memory_changes_no_octet) {
  support::AllocProbe probe;
  const Allocator allocator(*probe.mem());
  Deflater deflater(allocator, 4096);
  CHECK_STR(hex_of(deflater, {{"x-a", "b"}, {"server", "s"}}), "4003782d610162760173");
  const size_t before = probe.live_bytes();
  deflater.release_memory();
  CHECK(probe.live_bytes() * 4 < before);
  CHECK_STR(table_lines(deflater), "server: s\nx-a: b\n");
  // Fields and names are found again, and the table grows again.
  CHECK_STR(hex_of(deflater, {{"x-a", "b"}, {"x-a", "c"}, {"server", "s"}}), "bf7f000163bf");
  for (int i = 0; i < 100; ++i) {
    const std::string text = std::to_string(i);
    deflater.release_memory();
    CHECK(!encode(deflater, {{"x-" + text, text}}).empty());
    CHECK_STR(hex_of(deflater, {{"x-" + text, text}}), "be");
  }
  CHECK(deflater.change_table_size(0) == Status::ok);
  deflater.release_memory();
  CHECK_EQ(probe.live_bytes(), 0u);
}

TEST(hpack_deflater, released_memory_that_does_not_come_back) {
  const FieldList fields = {{"x-a", "b"}, {"server", "s"}};
  const std::string again = "bfbe";
  bool has_succeeded = false;
  for (size_t at = 0; !has_succeeded; ++at) {
    support::AllocProbe probe(support::AllocProbe::Failing::once, at);
    {
      const Allocator allocator(*probe.mem());
      Deflater deflater(allocator, 4096);
      const bool began = !encode(deflater, fields).empty();
      deflater.release_memory();
      // Indexed or not, the peer's table stays in step.
      Inflater inflater(plain_allocator());
      if (began) {
        decode(inflater, from_hex("4003782d610162760173"));
        const Decoded decoded = decode(inflater, encode(deflater, fields));
        CHECK(decoded.fields.empty() || lines(decoded.fields) == lines(fields));
        has_succeeded = !probe.has_failed();
        if (has_succeeded) CHECK_STR(hex_of(deflater, fields), again);
      }
    }
    CHECK_STR(probe.complaint(), "");
  }
}
