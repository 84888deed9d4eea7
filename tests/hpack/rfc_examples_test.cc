// SPDX-License-Identifier: MIT
// The examples of RFC 7541 Appendix C, decoded whole and octet by octet, and encoded where the
// encoder makes the same choices.
#include "fields.h"
#include "support/check.h"

using namespace hpack_test;
using nghttp2::hpack::Deflater;
using nghttp2::hpack::Inflater;

namespace {

struct Example {
  const char* block;
  const char* fields;
  const char* table;
  size_t table_size;
};

// Examples that share one table.
void check_decoding(std::initializer_list<Example> examples, size_t max_size = 4096) {
  for (const size_t piece : {SIZE_MAX, size_t(1), size_t(3)}) {
    Inflater inflater(plain_allocator());
    if (max_size != 4096) {
      CHECK(inflater.change_table_size(max_size) == nghttp2::Status::ok);
      // The size update that the examples take for granted.
      CHECK(decode(inflater, from_hex("3fe101")).status == nghttp2::Status::ok);
    }
    for (const Example& example : examples) {
      const Decoded decoded = decode(inflater, from_hex(example.block), piece);
      CHECK(decoded.status == nghttp2::Status::ok);
      CHECK_STR(lines(decoded.fields), example.fields);
      CHECK_STR(table_lines(inflater), example.table);
      CHECK_EQ(inflater.dynamic_table_size(), example.table_size);
    }
  }
}

constexpr Example kC31 = {"8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d",
                          ":method: GET\n:scheme: http\n:path: /\n:authority: www.example.com\n",
                          ":authority: www.example.com\n", 57};
constexpr Example kC32 = {"8286 84be 5808 6e6f 2d63 6163 6865",
                          ":method: GET\n:scheme: http\n:path: /\n:authority: www.example.com\n"
                          "cache-control: no-cache\n",
                          "cache-control: no-cache\n:authority: www.example.com\n", 110};
constexpr Example kC33 = {
    "8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65",
    ":method: GET\n:scheme: https\n:path: /index.html\n:authority: www.example.com\n"
    "custom-key: custom-value\n",
    "custom-key: custom-value\ncache-control: no-cache\n:authority: www.example.com\n", 164};

constexpr Example kC51 = {
    "4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a "
    "3133 3a32 3120 474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70 6c65 2e63 6f6d",
    ":status: 302\ncache-control: private\ndate: Mon, 21 Oct 2013 20:13:21 GMT\n"
    "location: https://www.example.com\n",
    "location: https://www.example.com\ndate: Mon, 21 Oct 2013 20:13:21 GMT\n"
    "cache-control: private\n:status: 302\n",
    222};
constexpr Example kC52 = {
    "4803 3330 37c1 c0bf",
    ":status: 307\ncache-control: private\ndate: Mon, 21 Oct 2013 20:13:21 GMT\n"
    "location: https://www.example.com\n",
    ":status: 307\nlocation: https://www.example.com\ndate: Mon, 21 Oct 2013 20:13:21 GMT\n"
    "cache-control: private\n",
    222};
constexpr Example kC53 = {
    "88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d 54c0 5a04 "
    "677a 6970 7738 666f 6f3d 4153 444a 4b48 514b 425a 584f 5157 454f 5049 5541 5851 5745 4f49 "
    "553b 206d 6178 2d61 6765 3d33 3630 303b 2076 6572 7369 6f6e 3d31",
    ":status: 200\ncache-control: private\ndate: Mon, 21 Oct 2013 20:13:22 GMT\n"
    "location: https://www.example.com\ncontent-encoding: gzip\n"
    "set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1\n",
    "set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1\n"
    "content-encoding: gzip\ndate: Mon, 21 Oct 2013 20:13:22 GMT\n",
    215};

// The same lists, Huffman-coded.
Example with_block(Example example, const char* block) {
  example.block = block;
  return example;
}
const Example kC41 = with_block(kC31, "8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff");
const Example kC42 = with_block(kC32, "8286 84be 5886 a8eb 1064 9cbf");
const Example kC43 =
    with_block(kC33, "8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf");
const Example kC61 = with_block(
    kC51,
    "4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e "
    "919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3");
const Example kC62 = with_block(kC52, "4883 640e ffc1 c0bf");
const Example kC63 = with_block(
    kC53,
    "88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 "
    "821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed "
    "4ee5 b106 3d50 07");

}  // namespace

TEST(hpack_rfc_examples, c_2_1_literal_with_indexing) {
  check_decoding({{"400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572",
                   "custom-key: custom-header\n", "custom-key: custom-header\n", 55}});
}

TEST(hpack_rfc_examples, c_2_2_literal_without_indexing) {
  check_decoding({{"040c 2f73 616d 706c 652f 7061 7468", ":path: /sample/path\n", "", 0}});
}

TEST(hpack_rfc_examples, c_2_3_literal_never_indexed) {
  check_decoding({{"1008 7061 7373 776f 7264 0673 6563 7265 74", "!password: secret\n", "", 0}});
}

TEST(hpack_rfc_examples, c_2_4_indexed) {
  check_decoding({{"82", ":method: GET\n", "", 0}});
}

TEST(hpack_rfc_examples, c_3_requests_without_huffman) {
  check_decoding({kC31, kC32, kC33});
}

TEST(hpack_rfc_examples, c_4_requests_with_huffman) {
  check_decoding({kC41, kC42, kC43});
}

TEST(hpack_rfc_examples, c_4_requests_encoded) {
  Deflater deflater(plain_allocator(), 4096);
  Inflater inflater(plain_allocator());
  for (const Example& example : {kC41, kC42, kC43}) {
    const Decoded decoded = decode(inflater, from_hex(example.block));
    CHECK_STR(to_hex(encode(deflater, decoded.fields)), to_hex(from_hex(example.block)));
    CHECK_STR(table_lines(deflater), example.table);
    CHECK_EQ(deflater.dynamic_table_size(), example.table_size);
  }
}

TEST(hpack_rfc_examples, c_5_responses_without_huffman) {
  check_decoding({kC51, kC52, kC53}, 256);
}

TEST(hpack_rfc_examples, c_6_responses_with_huffman) {
  check_decoding({kC61, kC62, kC63}, 256);
}
