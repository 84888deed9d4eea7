// SPDX-License-Identifier: MIT
// The HPACK functions of the public interface (RFC 7541): sizes, errors, tables.
#include <nghttp2/nghttp2.h>

#include <string>
#include <vector>

#include "support/alloc_probe.h"
#include "support/body.h"
#include "support/check.h"

using support::Fields;

namespace {

struct Codec {
  Codec() {
    nghttp2_hd_deflate_new(&deflater, 4096);
    nghttp2_hd_inflate_new(&inflater);
  }
  ~Codec() {
    nghttp2_hd_deflate_del(deflater);
    nghttp2_hd_inflate_del(inflater);
  }

  std::string encode(const Fields& fields) const {
    const auto list = support::views(fields);
    std::string block(nghttp2_hd_deflate_bound(deflater, list.data(), list.size()), '\0');
    const auto size =
        nghttp2_hd_deflate_hd2(deflater, reinterpret_cast<std::uint8_t*>(block.data()),
                               block.size(), list.data(), list.size());
    if (!CHECK(size >= 0)) return "";
    block.resize(static_cast<std::size_t>(size));
    return block;
  }

  // "name: value" lines, or "error CODE".
  std::string decode(const std::string& block) const {
    std::string text;
    const auto* input = reinterpret_cast<const std::uint8_t*>(block.data());
    std::size_t size = block.size();
    for (int flags = 0; (flags & NGHTTP2_HD_INFLATE_FINAL) == 0;) {
      nghttp2_nv field;
      flags = 0;
      const auto used = nghttp2_hd_inflate_hd3(inflater, &field, &flags, input, size, 1);
      if (used < 0) return text + "error " + std::to_string(used);
      input += used;
      size -= static_cast<std::size_t>(used);
      if ((flags & NGHTTP2_HD_INFLATE_EMIT) == 0) continue;
      text.append(reinterpret_cast<const char*>(field.name), field.namelen).append(": ");
      text.append(reinterpret_cast<const char*>(field.value), field.valuelen).append("\n");
    }
    nghttp2_hd_inflate_end_headers(inflater);
    return text;
  }

  nghttp2_hd_deflater* deflater = nullptr;
  nghttp2_hd_inflater* inflater = nullptr;
};

const Fields kFields = {{":method", "GET"}, {"custom-key", "custom-value"}, {"empty", ""}};
constexpr const char kText[] = ":method: GET\ncustom-key: custom-value\nempty: \n";

}  // namespace

TEST(hpack_api, what_is_encoded_is_decoded) {
  const Codec codec;
  for (int round = 0; round < 3; ++round)
    CHECK_STR(codec.decode(codec.encode(kFields)), kText);
  CHECK_EQ(nghttp2_hd_deflate_get_dynamic_table_size(codec.deflater),
           nghttp2_hd_inflate_get_dynamic_table_size(codec.inflater));
  CHECK_EQ(nghttp2_hd_deflate_get_num_table_entries(codec.deflater),
           nghttp2_hd_inflate_get_num_table_entries(codec.inflater));
}

TEST(hpack_api, repetition_makes_blocks_short) {
  const Codec codec;
  const std::size_t first = codec.encode(kFields).size();
  CHECK(codec.encode(kFields).size() < first);
}

TEST(hpack_api, a_block_must_fit) {
  const Codec codec;
  const auto list = support::views(kFields);
  std::uint8_t buffer[1];
  CHECK_EQ(nghttp2_hd_deflate_hd2(codec.deflater, buffer, 1, list.data(), list.size()),
           NGHTTP2_ERR_INSUFF_BUFSIZE);
}

TEST(hpack_api, a_block_may_be_written_in_pieces) {
  const Codec codec;
  const auto list = support::views(kFields);
  std::uint8_t storage[64];
  std::vector<nghttp2_vec> pieces;
  for (std::uint8_t& octet : storage)
    pieces.push_back({&octet, 1});
  const auto size = nghttp2_hd_deflate_hd_vec2(codec.deflater, pieces.data(), pieces.size(),
                                               list.data(), list.size());
  REQUIRE(size > 0);
  CHECK_STR(codec.decode(std::string(reinterpret_cast<const char*>(storage),
                                     static_cast<std::size_t>(size))),
            kText);
  CHECK_EQ(nghttp2_hd_deflate_hd_vec2(codec.deflater, pieces.data(), 1, list.data(), list.size()),
           NGHTTP2_ERR_INSUFF_BUFSIZE);
}

TEST(hpack_api, tables_show_their_entries) {
  const Codec codec;
  codec.decode(std::string("\x40\x01x\x01y", 5));
  CHECK_EQ(nghttp2_hd_inflate_get_num_table_entries(codec.inflater), 62u);
  CHECK_EQ(nghttp2_hd_inflate_get_dynamic_table_size(codec.inflater), 34u);
  CHECK_EQ(nghttp2_hd_inflate_get_max_dynamic_table_size(codec.inflater), 4096u);
  const nghttp2_nv* entry = nghttp2_hd_inflate_get_table_entry(codec.inflater, 62);
  REQUIRE(entry != nullptr);
  CHECK_EQ(entry->name[0], 'x');
  CHECK_EQ(entry->value[0], 'y');
  entry = nghttp2_hd_inflate_get_table_entry(codec.inflater, 2);
  REQUIRE(entry != nullptr);
  CHECK_STR(reinterpret_cast<const char*>(entry->name), ":method");
  CHECK(nghttp2_hd_inflate_get_table_entry(codec.inflater, 0) == nullptr);
  CHECK(nghttp2_hd_inflate_get_table_entry(codec.inflater, 63) == nullptr);
  CHECK(nghttp2_hd_deflate_get_table_entry(codec.deflater, 0) == nullptr);
  CHECK(nghttp2_hd_deflate_get_table_entry(codec.deflater, 62) == nullptr);
}

TEST(hpack_api, malformed_blocks_are_refused) {
  for (const std::string_view block :
       {std::string_view("\x80", 1), std::string_view("\xff\x00", 2),
        std::string_view("\x3f\xe2\x1f", 3),
        std::string_view("\x00\x05"
                         "ab",
                         4),
        std::string_view("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11)}) {
    const Codec codec;
    CHECK_STR(codec.decode(std::string(block)), "error -523");
  }
}

TEST(hpack_api, a_decoder_stays_broken) {
  const Codec codec;
  CHECK_STR(codec.decode("\x80"), "error -523");
  CHECK_STR(codec.decode("\x82"), "error -523");
}

TEST(hpack_api, the_table_size_is_negotiated) {
  const Codec codec;
  codec.decode(codec.encode(kFields));
  CHECK_EQ(nghttp2_hd_inflate_change_table_size(codec.inflater, 0), 0);
  CHECK_EQ(nghttp2_hd_deflate_change_table_size(codec.deflater, 0), 0);
  CHECK_EQ(nghttp2_hd_deflate_get_max_dynamic_table_size(codec.deflater), 0u);
  const std::string block = codec.encode(kFields);
  CHECK_EQ(block[0], '\x20');
  CHECK_STR(codec.decode(block), kText);
  CHECK_EQ(nghttp2_hd_inflate_get_dynamic_table_size(codec.inflater), 0u);
}

TEST(hpack_api, a_smaller_table_must_be_acknowledged_by_the_encoder) {
  const Codec codec;
  nghttp2_hd_inflate_change_table_size(codec.inflater, 0);
  CHECK_STR(codec.decode("\x82"), "error -523");
}

TEST(hpack_api, the_table_of_the_encoder_has_a_limit_of_its_own) {
  nghttp2_hd_deflater* deflater = nullptr;
  REQUIRE(nghttp2_hd_deflate_new(&deflater, 100) == 0);
  nghttp2_hd_deflate_change_table_size(deflater, 1000000);
  CHECK_EQ(nghttp2_hd_deflate_get_max_dynamic_table_size(deflater), 100u);
  nghttp2_hd_deflate_del(deflater);
}

TEST(hpack_api, memory_is_that_of_the_caller) {
  const auto list = support::views(kFields);
  for (std::size_t at = 0;; ++at) {
    support::AllocProbe probe(support::AllocProbe::Failing::once, at);
    nghttp2_hd_deflater* deflater = nullptr;
    nghttp2_hd_inflater* inflater = nullptr;
    std::uint8_t buffer[200];
    if (nghttp2_hd_deflate_new2(&deflater, 4096, probe.mem()) == 0) {
      const auto size =
          nghttp2_hd_deflate_hd2(deflater, buffer, sizeof(buffer), list.data(), list.size());
      CHECK(size > 0 || size == NGHTTP2_ERR_NOMEM || size == NGHTTP2_ERR_HEADER_COMP);
      nghttp2_hd_deflate_del(deflater);
    }
    if (nghttp2_hd_inflate_new2(&inflater, probe.mem()) == 0) nghttp2_hd_inflate_del(inflater);
    CHECK_STR(probe.complaint(), "");
    if (!probe.has_failed()) break;
  }
}
