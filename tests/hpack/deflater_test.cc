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
