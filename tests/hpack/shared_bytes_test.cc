// SPDX-License-Identifier: MIT
// Reference-counted bytes, as such and as nghttp2_rcbuf.
#include "base/shared_bytes.h"

#include "fields.h"
#include "support/alloc_probe.h"
#include "support/check.h"

using namespace hpack_test;
using nghttp2::Allocator;
using nghttp2::Bytes;
using nghttp2::SharedBytes;

TEST(shared_bytes, live_as_long_as_the_last_reference) {
  support::AllocProbe probe;
  SharedBytes* shared = nullptr;
  {
    // The allocator may go first.
    const Allocator allocator(*probe.mem());
    shared = SharedBytes::copy_of(allocator, bytes_of("hello"));
  }
  REQUIRE(shared != nullptr);
  CHECK_STR(shared->bytes(), "hello");
  CHECK_EQ(shared->bytes().end()[0], 0);
  CHECK(!shared->is_static());
  shared->incref();
  shared->decref();
  CHECK_EQ(probe.live_blocks(), 1);
  shared->decref();
  CHECK_EQ(probe.live_blocks(), 0);
  CHECK_STR(probe.complaint(), "");
}

TEST(shared_bytes, no_bytes_and_no_memory) {
  support::AllocProbe probe(support::AllocProbe::Failing::once, 1);
  const Allocator allocator(*probe.mem());
  SharedBytes* empty = SharedBytes::copy_of(allocator, {});
  REQUIRE(empty != nullptr);
  CHECK_EQ(empty->bytes().size(), 0);
  CHECK_EQ(empty->bytes().end()[0], 0);
  empty->decref();
  CHECK(SharedBytes::copy_of(allocator, bytes_of("x")) == nullptr);
}

TEST(shared_bytes, static_ones_do_not_count) {
  static const uint8_t text[] = "static";
  static const SharedBytes constant(text, 6);
  SharedBytes* shared = const_cast<SharedBytes*>(&constant);
  CHECK(shared->is_static());
  shared->incref();
  shared->decref();
  shared->decref();
  CHECK_STR(shared->bytes(), "static");
}

TEST(shared_bytes, the_c_interface) {
  SharedBytes* shared = SharedBytes::copy_of(plain_allocator(), bytes_of("value"));
  REQUIRE(shared != nullptr);
  nghttp2_rcbuf* handle = shared;
  nghttp2_rcbuf_incref(handle);
  nghttp2_rcbuf_decref(handle);
  const nghttp2_vec vec = nghttp2_rcbuf_get_buf(handle);
  CHECK_STR(Bytes(vec.base, vec.len), "value");
  CHECK_EQ(nghttp2_rcbuf_is_static(handle), 0);
  nghttp2_rcbuf_decref(handle);
  nghttp2_rcbuf_decref(nullptr);
}
