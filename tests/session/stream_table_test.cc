// SPDX-License-Identifier: MIT
// Streams of a connection: finding, counting, idle ones.
#include "session/stream_table.h"

#include "support/check.h"

using nghttp2::Allocator;
using nghttp2::default_memory;
using nghttp2::session::Role;
using nghttp2::session::Stream;
using nghttp2::session::StreamState;
using nghttp2::session::StreamTable;

namespace {

Stream* open(StreamTable& table, int32_t stream_id, StreamState state = StreamState::open) {
  return table.open(stream_id, state, 65535, 65535, nullptr);
}

}  // namespace

TEST(stream_table, counts_by_initiator) {
  const Allocator allocator(default_memory());
  StreamTable table(allocator, Role::server);
  open(table, 1);
  open(table, 3);
  open(table, 2);
  CHECK_EQ(table.incoming(), 2u);
  CHECK_EQ(table.outgoing(), 1u);
  CHECK_EQ(table.active(), 3u);
  table.remove(table.find(3));
  CHECK_EQ(table.incoming(), 1u);
  CHECK(table.find(3) == nullptr);
}

TEST(stream_table, a_promised_stream_counts_once_its_response_begins) {
  const Allocator allocator(default_memory());
  StreamTable table(allocator, Role::client);
  Stream* stream = open(table, 2, StreamState::reserved_remote);
  CHECK_EQ(table.reserved_incoming(), 1u);
  CHECK_EQ(table.incoming(), 0u);
  table.fulfil_promise(*stream);
  CHECK_EQ(table.reserved_incoming(), 0u);
  CHECK_EQ(table.incoming(), 1u);
}

TEST(stream_table, nothing_is_found_under_impossible_identifiers) {
  const Allocator allocator(default_memory());
  StreamTable table(allocator, Role::client);
  open(table, 1);
  for (int32_t id : {0, -1, INT32_MIN, INT32_MAX})
    CHECK(table.find(id) == nullptr);
  CHECK(table.find(1) != nullptr);
  for (int32_t id : {0, -1})
    CHECK(table.find(id) == nullptr);
}

TEST(stream_table, a_removed_stream_is_not_remembered) {
  const Allocator allocator(default_memory());
  StreamTable table(allocator, Role::client);
  table.remove(open(table, 1));
  CHECK(table.find(1) == nullptr);
  Stream* again = open(table, 3);
  CHECK(table.find(1) == nullptr);
  CHECK(table.find(3) == again);
}

TEST(stream_table, idle_streams_are_known_but_not_active) {
  const Allocator allocator(default_memory());
  StreamTable table(allocator, Role::server);
  Stream* idle = table.open_idle(5, 16);
  CHECK(idle != nullptr);
  CHECK(table.find(5) == nullptr);
  CHECK(table.find_any(5) == idle);
  CHECK_EQ(table.active(), 0u);
  Stream* stream = open(table, 5);
  CHECK(stream == idle);
  CHECK_EQ(table.active(), 1u);
  CHECK_EQ(table.idle(), 0u);
}

TEST(stream_table, the_oldest_idle_stream_makes_room) {
  const Allocator allocator(default_memory());
  StreamTable table(allocator, Role::server);
  for (int32_t id : {1, 3, 5, 7})
    CHECK(table.open_idle(id, 3) != nullptr);
  CHECK_EQ(table.idle(), 3u);
  CHECK(table.find_any(1) == nullptr);
  CHECK(table.find_any(3) != nullptr);
}

TEST(stream_table, many_streams_come_and_go) {
  const Allocator allocator(default_memory());
  StreamTable table(allocator, Role::server);
  for (int32_t id = 1; id < 20000; id += 2) {
    open(table, id);
    if (id > 200) table.remove(table.find(id - 200));
  }
  CHECK_EQ(table.incoming(), 100u);
  CHECK(table.find(19999) != nullptr);
  CHECK(table.find(19799) == nullptr);
}
