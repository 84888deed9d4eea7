// SPDX-License-Identifier: MIT
// The static table, the tokens of names, and the dynamic table (RFC 7541 §2.3, §4, Appendix A).
#include <cstring>
#include <deque>
#include <random>
#include <set>

#include "fields.h"
#include "hpack/dynamic_table.h"
#include "hpack/static_table.h"
#include "hpack/token.h"
#include "support/alloc_probe.h"
#include "support/check.h"

using namespace hpack_test;
using nghttp2::Allocator;
using nghttp2::Bytes;
using nghttp2::FieldView;
using nghttp2::Token;
using nghttp2::hpack::DynamicTable;
using nghttp2::hpack::Field;
using nghttp2::hpack::kFirstStaticIndex;
using nghttp2::hpack::kStaticEntryCount;
using nghttp2::hpack::kStaticFields;
using nghttp2::hpack::kStaticTokens;
using nghttp2::hpack::token_of;

namespace {

Bytes static_name_of(uint32_t index) {
  return {kStaticFields[index - 1].name, kStaticFields[index - 1].namelen};
}
Bytes static_value_of(uint32_t index) {
  return {kStaticFields[index - 1].value, kStaticFields[index - 1].valuelen};
}

bool insert(DynamicTable& table, const std::string& name, const std::string& value) {
  return table.insert(bytes_of(name), bytes_of(value), token_of(bytes_of(name)));
}

std::string table_text(const DynamicTable& table) {
  FieldList fields;
  for (uint32_t age = 0; age < table.count(); ++age)
    fields.push_back({text_of(table.at_age(age).name), text_of(table.at_age(age).value)});
  return lines(fields);
}

}  // namespace

TEST(hpack_static_table, rows_of_the_rfc) {
  const struct {
    uint32_t index;
    const char* name;
    const char* value;
  } rows[] = {{1, ":authority", ""},
              {2, ":method", "GET"},
              {3, ":method", "POST"},
              {4, ":path", "/"},
              {5, ":path", "/index.html"},
              {6, ":scheme", "http"},
              {7, ":scheme", "https"},
              {8, ":status", "200"},
              {14, ":status", "500"},
              {15, "accept-charset", ""},
              {16, "accept-encoding", "gzip, deflate"},
              {28, "content-length", ""},
              {32, "cookie", ""},
              {57, "transfer-encoding", ""},
              {61, "www-authenticate", ""}};
  for (const auto& row : rows) {
    CHECK_STR(static_name_of(row.index), row.name);
    CHECK_STR(static_value_of(row.index), row.value);
  }
}

TEST(hpack_static_table, tokens_and_first_indices_fit) {
  std::set<std::string> names;
  for (uint32_t index = 1; index <= kStaticEntryCount; ++index) {
    const Token token = kStaticTokens[index - 1];
    CHECK(token_of(static_name_of(index)) == token);
    CHECK(index >= kFirstStaticIndex[size_t(token)]);
    CHECK(index < kFirstStaticIndex[size_t(token) + 1]);
    CHECK_EQ(static_name_of(index).end()[0], 0);
    CHECK_EQ(static_value_of(index).end()[0], 0);
    names.insert(text_of(static_name_of(index)));
    CHECK_STR(nghttp2::hpack::static_name(token).bytes(), text_of(static_name_of(index)));
    CHECK_STR(nghttp2::hpack::static_value(index).bytes(), text_of(static_value_of(index)));
  }
  CHECK_EQ(names.size(), nghttp2::kStaticTokenCount);
}

TEST(hpack_token, names_beyond_the_static_table) {
  const struct {
    const char* name;
    Token token;
  } names[] = {{"te", Token::te},
               {"connection", Token::connection},
               {"keep-alive", Token::keep_alive},
               {"proxy-connection", Token::proxy_connection},
               {"upgrade", Token::upgrade},
               {"priority", Token::priority},
               {":protocol", Token::protocol},
               {"http2-settings", Token::http2_settings}};
  for (const auto& [name, token] : names)
    CHECK(token_of(bytes_of(name)) == token);
}

TEST(hpack_token, other_names_have_none) {
  CHECK(token_of({}) == Token::none);
  for (uint32_t index = 1; index <= kStaticEntryCount; ++index) {
    const std::string name = text_of(static_name_of(index));
    CHECK(token_of(bytes_of(name + "x")) == Token::none);
    // "age" and so on may well be the end of another name, but never without one octet.
    for (size_t at = 0; at < name.size(); ++at) {
      std::string other = name;
      other[at] = char(other[at] ^ 0x20);
      CHECK(token_of(bytes_of(other)) == Token::none);
    }
  }
  CHECK(token_of(bytes_of(std::string(1000, 'a'))) == Token::none);
}

TEST(hpack_dynamic_table, newest_first_and_eviction_of_the_oldest) {
  DynamicTable table(plain_allocator());
  table.set_max_size(3 * 34);
  for (const char* name : {"a", "b", "c"})
    CHECK(insert(table, name, "1"));
  CHECK_STR(table_text(table), "c: 1\nb: 1\na: 1\n");
  CHECK_EQ(table.size(), 3 * 34);
  CHECK(insert(table, "d", "1"));
  CHECK_STR(table_text(table), "d: 1\nc: 1\nb: 1\n");
  // One octet more evicts two.
  CHECK(insert(table, "e", "12"));
  CHECK_STR(table_text(table), "e: 12\nd: 1\n");
  CHECK_EQ(table.size(), 35 + 34);
}

TEST(hpack_dynamic_table, an_entry_that_does_not_fit_empties_the_table) {
  DynamicTable table(plain_allocator());
  table.set_max_size(100);
  CHECK(insert(table, "name", std::string(100 - 32 - 4, 'v')));
  CHECK_EQ(table.count(), 1);
  CHECK_EQ(table.size(), 100);
  CHECK(insert(table, "name", std::string(100 - 32 - 3, 'v')));
  CHECK_EQ(table.count(), 0);
  CHECK_EQ(table.size(), 0);
}

TEST(hpack_dynamic_table, shrinking_evicts) {
  DynamicTable table(plain_allocator());
  for (const char* name : {"a", "b", "c"})
    CHECK(insert(table, name, "1"));
  table.set_max_size(70);
  CHECK_STR(table_text(table), "c: 1\nb: 1\n");
  table.set_max_size(0);
  CHECK_EQ(table.count(), 0);
  CHECK(insert(table, "a", "1"));
  CHECK_EQ(table.count(), 0);
  table.set_max_size(4096);
  CHECK(insert(table, "z", "1"));
  CHECK_STR(table_text(table), "z: 1\n");
}

TEST(hpack_dynamic_table, numbers_tell_who_is_alive) {
  DynamicTable table(plain_allocator());
  table.set_max_size(2 * 34);
  CHECK(!table.is_alive(0));
  for (const char* name : {"a", "b", "c"})
    CHECK(insert(table, name, "1"));
  CHECK_EQ(table.last_number(), 3);
  CHECK(!table.is_alive(1));
  CHECK(table.is_alive(2) && table.is_alive(3));
  CHECK(!table.is_alive(4));
}

TEST(hpack_dynamic_table, entries_are_written_in_place) {
  DynamicTable table(plain_allocator());
  table.set_max_size(1200);
  for (unsigned i = 0; i < 300; ++i) {
    const std::string text = "name" + std::string(1, '\0') + std::string(i % 7 * 100, 'v') + '\0';
    // In two steps, between which the block may move.
    REQUIRE(table.reserve_tail(0, 5));
    std::memcpy(table.tail(), text.data(), 5);
    REQUIRE(table.reserve_tail(5, text.size()));
    std::memcpy(table.tail() + 5, text.data() + 5, text.size() - 5);
    CHECK(table.add_tail(4, text.size() - 6, Token::none));
    CHECK_STR(table.at_age(0).name, "name");
    CHECK_STR(table.at_age(0).value, text.substr(5, text.size() - 6));
    CHECK_EQ(table.at_age(0).value.end()[0], 0);
  }
}

TEST(hpack_dynamic_table, trimming_keeps_the_entries) {
  support::AllocProbe probe;
  const Allocator allocator(*probe.mem());
  DynamicTable table(allocator);
  CHECK(insert(table, "a", "1"));
  CHECK(table.reserve_tail(0, 100000));
  CHECK(probe.live_bytes() > 100000);
  table.trim();
  CHECK(probe.live_bytes() < 5000);
  CHECK_STR(table_text(table), "a: 1\n");
}

TEST(hpack_dynamic_table, behaves_like_a_plain_queue) {
  std::mt19937 random(4);
  for (const size_t max : {64, 500, 4096, 65536}) {
    DynamicTable table(plain_allocator());
    table.set_max_size(max);
    std::deque<TestField> model;
    size_t size = 0;
    for (unsigned round = 0; round < 3000; ++round) {
      TestField field = {"n" + std::to_string(random() % 50), std::string(random() % 90, 'v')};
      if (random() % 100 == 0) field.value.resize(random() % (max + 10), 'w');
      const Bytes name = bytes_of(field.name);
      CHECK(table.insert(name, bytes_of(field.value), token_of(name)));
      model.push_front(field);
      size += field.name.size() + field.value.size() + 32;
      for (; size > max; model.pop_back())
        size -= model.back().name.size() + model.back().value.size() + 32;
      CHECK_EQ(table.size(), size);
      CHECK_EQ(table.count(), model.size());
      if (round % 16 == 0) {
        CHECK_STR(table_text(table), lines({model.begin(), model.end()}));
      }
    }
  }
}

TEST(hpack_dynamic_table, memory_comes_late_and_stays_small) {
  support::AllocProbe probe;
  {
    const Allocator allocator(*probe.mem());
    DynamicTable table(allocator);
    CHECK_EQ(probe.allocation_count(), 0);
    for (unsigned i = 0; i < 10000; ++i)
      CHECK(insert(table, "x-name-" + std::to_string(i % 100), "a value of usual length"));
    CHECK(probe.peak_bytes() < 2 * 4096);
    const size_t count = probe.allocation_count();
    for (unsigned i = 0; i < 10000; ++i)
      CHECK(insert(table, "x-name-" + std::to_string(i % 100), "a value of usual length"));
    CHECK_EQ(probe.allocation_count(), count);
  }
  CHECK_STR(probe.complaint(), "");
}

TEST(hpack_dynamic_table, without_memory_nothing_changes) {
  for (size_t fail_at = 0; fail_at < 12; ++fail_at) {
    support::AllocProbe probe(support::AllocProbe::Failing::once, fail_at);
    {
      const Allocator allocator(*probe.mem());
      DynamicTable table(allocator);
      for (unsigned i = 0; i < 60; ++i) {
        const std::string before = table_text(table);
        const size_t size = table.size();
        if (!insert(table, "name" + std::to_string(i), std::string(i, 'v'))) {
          CHECK_STR(table_text(table), before);
          CHECK_EQ(table.size(), size);
          CHECK(probe.has_failed());
        }
      }
      CHECK(table.count() > 0);
    }
    CHECK_STR(probe.complaint(), "");
  }
}

TEST(hpack_dynamic_table, views_for_the_c_interface) {
  DynamicTable table(plain_allocator());
  CHECK(insert(table, "first", "1"));
  CHECK(insert(table, "second", "2"));
  const FieldView* newest = table.view_at_age(0);
  const FieldView* oldest = table.view_at_age(1);
  REQUIRE(newest && oldest);
  CHECK_STR(reinterpret_cast<const char*>(newest->name), "second");
  CHECK_STR(reinterpret_cast<const char*>(oldest->name), "first");
  CHECK_STR(reinterpret_cast<const char*>(oldest->value), "1");
}
