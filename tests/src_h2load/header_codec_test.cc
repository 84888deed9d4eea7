// SPDX-License-Identifier: MIT
#include "h2load/header_codec.h"

#include "base/text.h"
#include "support/check.h"

namespace h2load {

namespace {

std::unique_ptr<const Request> request(std::string_view path, std::string_view extra = "1") {
  http::Head head = http::request_head("GET", "http", "localhost", path);
  head.fields.add("user-agent", "test");
  head.fields.add("x-extra", extra);
  auto made = Request::prepare(std::move(head), nullptr);
  return *std::move(made);
}

std::string copy(Octets block) {
  return std::string(base::as_text(block));
}

// The fields of a block as one text.
std::string decoded(nghttp2_hd_inflater* inflater, Octets block) {
  std::string text;
  for (int flags = 0; (flags & NGHTTP2_HD_INFLATE_FINAL) == 0;) {
    nghttp2_nv field;
    const auto taken =
        nghttp2_hd_inflate_hd3(inflater, &field, &flags, block.data(), block.size(), 1);
    if (taken < 0) return "error";
    block = block.subspan(static_cast<std::size_t>(taken));
    if ((flags & NGHTTP2_HD_INFLATE_EMIT) == 0) continue;
    text.append(reinterpret_cast<const char*>(field.name), field.namelen).append("=");
    text.append(reinterpret_cast<const char*>(field.value), field.valuelen).append(";");
  }
  nghttp2_hd_inflate_end_headers(inflater);
  return text;
}

Octets octets(std::string_view text) {
  return base::as_bytes(text);
}

}  // namespace

TEST(h2load_header_codec, tells_blocks_that_change_the_table) {
  CHECK(keeps_table(octets("")));
  CHECK(keeps_table(octets("\x82\x86\xbe")));
  CHECK(keeps_table(octets("\xff\x80\x01")));
  CHECK(keeps_table(octets(std::string_view("\x00\x01x\x01y", 5))));
  CHECK(keeps_table(octets("\x14\x02/x\x82")));
  CHECK(!keeps_table(octets("\x82\x44\x01/")));
  CHECK(!keeps_table(octets("\x20\x82")));
  CHECK(!keeps_table(octets("\x3f\xe1\x1f")));
  CHECK(!keeps_table(octets("\x14\x05/x")));
  CHECK(!keeps_table(octets("\xff")));
}

// A decoder understands every block, however requests follow each other.
TEST(h2load_header_codec, encodes_so_that_it_can_be_decoded) {
  nghttp2_hd_inflater* inflater = nullptr;
  REQUIRE(nghttp2_hd_inflate_new(&inflater) == 0);
  HeaderEncoder encoder(4096);
  const auto a = request("/a");
  const auto b = request("/b", "2");
  const auto c = request("/c", std::string(3000, 'x'));
  std::uint32_t random = 7541;
  for (int i = 0; i < 500; ++i) {
    random = random * 1664525 + 1013904223;
    const Request& next = *(random % 7 == 0 ? c : random % 3 == 0 ? b : a);
    if (i == 250) encoder.set_peer_limit(100);
    const std::string expected =
        ":method=GET;:path=" + next.head().path + ";:scheme=http;:authority=localhost;user-agent=" +
        "test;x-extra=" + std::string(next.head().fields.value("x-extra")) + ";";
    CHECK(decoded(inflater, encoder.encode(next, i % 11 != 0)) == expected);
  }
  nghttp2_hd_inflate_del(inflater);
}

TEST(h2load_header_codec, a_block_that_repeats_is_short) {
  HeaderEncoder encoder(4096);
  const auto a = request("/");
  const std::string first = copy(encoder.encode(*a, true));
  const std::string second = copy(encoder.encode(*a, true));
  CHECK(second.size() < first.size() / 2);
  CHECK(copy(encoder.encode(*a, true)) == second);
}

TEST(h2load_header_codec, decodes_what_an_encoder_makes) {
  nghttp2_hd_deflater* deflater = nullptr;
  REQUIRE(nghttp2_hd_deflate_new(&deflater, 4096) == 0);
  HeaderDecoder decoder;
  for (int i = 0; i < 200; ++i) {
    const std::string status = i % 5 == 0 ? "404" : "200";
    const std::string date = std::to_string(i / 10);
    nghttp2_nv fields[] = {
        {(uint8_t*)":status", (uint8_t*)status.data(), 7, 3, 0},
        {(uint8_t*)"date", (uint8_t*)date.data(), 4, date.size(), 0},
        {(uint8_t*)"content-length", (uint8_t*)"17", 14, 2, 0},
    };
    std::uint8_t block[256];
    const auto size = nghttp2_hd_deflate_hd2(deflater, block, sizeof(block), fields, 3);
    REQUIRE(size > 0);
    const FieldFacts* const facts =
        decoder.decode(Octets(block, static_cast<std::size_t>(size)), nullptr);
    REQUIRE(facts != nullptr);
    CHECK_EQ(facts->status, i % 5 == 0 ? 404 : 200);
    CHECK_EQ(facts->content_length, 17);
    CHECK_EQ(facts->decoded_octets, 30 + date.size());
    CHECK(!facts->is_malformed);
  }
  nghttp2_hd_deflate_del(deflater);
}

TEST(h2load_header_codec, sees_what_is_malformed) {
  const auto malformed = [](std::string_view block) {
    HeaderDecoder decoder;
    const FieldFacts* const facts = decoder.decode(octets(block), nullptr);
    return facts != nullptr && facts->is_malformed;
  };
  CHECK(!malformed("\x88"));
  CHECK(malformed("\x88\x88"));
  CHECK(malformed("\x82"));
  CHECK(
      malformed("\x48\x02"
                "20"));
  CHECK(malformed("\x88\x0f\x0d\x01x"));
  HeaderDecoder decoder;
  CHECK(decoder.decode(octets("\xff\xff\xff\xff\xff"), nullptr) == nullptr);
  CHECK(HeaderDecoder().decode(octets("\x88\x48"), nullptr) == nullptr);
}

}  // namespace h2load
