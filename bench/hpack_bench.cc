// SPDX-License-Identifier: MIT
// Encoding and decoding of the header blocks of a browsing session, through the C interface only:
// the same program measures any library with that interface.
#include <nghttp2/nghttp2.h>

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "measure.h"

namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;
using Block = std::vector<uint8_t>;

Fields request(unsigned number) {
  static const char* const kinds[] = {"style", "script", "image", "empty"};
  return {{":method", number % 10 == 9 ? "POST" : "GET"},
          {":scheme", "https"},
          {":authority", number % 7 == 0 ? "static.example.net" : "www.example.com"},
          {":path", "/assets/" + std::to_string(number * 7919 % 10007) +
                        "/item.js?v=" + std::to_string(number)},
          {"user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0"},
          {"accept", number % 3 ? "*/*" : "image/avif,image/webp,*/*"},
          {"accept-language", "en-US,en;q=0.5"},
          {"accept-encoding", "gzip, deflate, br"},
          {"referer", "https://www.example.com/page/" + std::to_string(number / 20)},
          {"cookie", "session=8f14e45fceea167a5a36dedd4bea2543; theme=dark"},
          {"sec-fetch-dest", kinds[number % 4]},
          {"sec-fetch-mode", "no-cors"},
          {"priority", number % 4 ? "u=4" : "u=1, i"}};
}

Fields response(unsigned number) {
  const std::string seconds = std::to_string(10 + number / 8 % 50);
  return {{":status", number % 11 ? "200" : "304"},
          {"server", "example/1.0"},
          {"date", "Mon, 21 Oct 2013 20:13:" + seconds + " GMT"},
          {"content-type", number % 3 ? "application/javascript" : "image/png"},
          {"content-length", std::to_string(number * 104729 % 65536)},
          {"last-modified", "Tue, 0" + std::to_string(1 + number % 9) + " Oct 2013 08:00:00 GMT"},
          {"etag", "\"" + std::to_string(number * 2654435761u) + "\""},
          {"cache-control", "public, max-age=31536000, immutable"},
          {"vary", "Accept-Encoding"},
          {"x-request-id", std::to_string(number * 40503u) + "-" + std::to_string(number)}};
}

std::vector<Fields> session_of(Fields (*make)(unsigned)) {
  std::vector<Fields> lists;
  for (unsigned number = 0; number < 500; ++number)
    lists.push_back(make(number));
  return lists;
}

nghttp2_nv view_of(const std::pair<std::string, std::string>& field) {
  return {reinterpret_cast<uint8_t*>(const_cast<char*>(field.first.data())),
          reinterpret_cast<uint8_t*>(const_cast<char*>(field.second.data())), field.first.size(),
          field.second.size(), NGHTTP2_NV_FLAG_NONE};
}

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "hpack_bench: %s failed\n", what);
  std::exit(1);
}

// One connection's worth of blocks.
void encode_all(const std::vector<std::vector<nghttp2_nv>>& lists, std::vector<Block>& blocks) {
  nghttp2_hd_deflater* deflater = nullptr;
  if (nghttp2_hd_deflate_new(&deflater, 4096) != 0) fail("nghttp2_hd_deflate_new");
  blocks.resize(lists.size());
  for (size_t i = 0; i < lists.size(); ++i) {
    blocks[i].resize(nghttp2_hd_deflate_bound(deflater, lists[i].data(), lists[i].size()));
    const nghttp2_ssize length = nghttp2_hd_deflate_hd(deflater, blocks[i].data(), blocks[i].size(),
                                                       lists[i].data(), lists[i].size());
    if (length < 0) fail("nghttp2_hd_deflate_hd");
    blocks[i].resize(size_t(length));
  }
  nghttp2_hd_deflate_del(deflater);
}

void decode_all(const std::vector<Block>& blocks) {
  nghttp2_hd_inflater* inflater = nullptr;
  if (nghttp2_hd_inflate_new(&inflater) != 0) fail("nghttp2_hd_inflate_new");
  for (const Block& block : blocks) {
    const uint8_t* at = block.data();
    int flags = 0;
    do {
      nghttp2_nv field;
      const nghttp2_ssize used = nghttp2_hd_inflate_hd2(
          inflater, &field, &flags, at, size_t(block.data() + block.size() - at), 1);
      if (used < 0) fail("nghttp2_hd_inflate_hd2");
      at += used;
    } while ((flags & NGHTTP2_HD_INFLATE_FINAL) == 0);
    nghttp2_hd_inflate_end_headers(inflater);
  }
  nghttp2_hd_inflate_del(inflater);
}

void run(const std::string& name, Fields (*make)(unsigned)) {
  constexpr int kRounds = 20;
  const std::vector<Fields> lists = session_of(make);
  std::vector<std::vector<nghttp2_nv>> views;
  double field_count = 0;
  for (const Fields& fields : lists) {
    views.emplace_back();
    for (const auto& field : fields)
      views.back().push_back(view_of(field));
    field_count += double(fields.size());
  }
  std::vector<Block> blocks;
  const double encoding = bench::measure(field_count * kRounds, [&] {
    for (int i = 0; i < kRounds; ++i)
      encode_all(views, blocks);
  });
  double octets = 0;
  for (const Block& block : blocks)
    octets += double(block.size());
  bench::print(("hpack encode: " + name).c_str(), "field", encoding, octets / field_count);
  const double decoding = bench::measure(field_count * kRounds, [&] {
    for (int i = 0; i < kRounds; ++i)
      decode_all(blocks);
  });
  bench::print(("hpack decode: " + name).c_str(), "field", decoding, octets / field_count);
}

}  // namespace

int main() {
  run("requests", request);
  run("responses", response);
}
