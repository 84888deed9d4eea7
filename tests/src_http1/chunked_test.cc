// SPDX-License-Identifier: MIT
// Tests of the chunked transfer coding.
#include "http1/chunked.h"

#include <string>

#include "base/text.h"
#include "support/check.h"

namespace {

using http1::ChunkedDecoder;

struct Decoded {
  std::string content;
  bool complete = false;
  bool failed = false;
  std::size_t rest = 0;
  http::Fields trailers;
};

// Decodes input that comes in pieces of `step` octets.
Decoded decode(std::string_view text, std::size_t step) {
  ChunkedDecoder decoder;
  Decoded result;
  std::string pending;
  while (!decoder.is_complete() && !decoder.has_failed()) {
    const std::string_view more = text.substr(0, step);
    text.remove_prefix(more.size());
    pending += more;
    std::size_t before = 0;
    do {
      before = pending.size();
      const auto [taken, content] = decoder.decode(base::as_bytes(pending));
      result.content += base::as_text(content);
      pending.erase(0, taken);
    } while (pending.size() < before && !pending.empty());
    if (more.empty()) break;
  }
  result.complete = decoder.is_complete();
  result.failed = decoder.has_failed();
  result.rest = pending.size() + text.size();
  if (result.complete) result.trailers = decoder.take_trailers();
  return result;
}

}  // namespace

TEST(src_http1_chunked, decodes) {
  const std::string text =
      "5\r\nhello\r\n00A;x=\"y\"\r\n0123456789\r\n1 ;a\r\n!\r\n0;last\r\nX-Sum: 9\r\n\r\nnext";
  for (const std::size_t step : {1, 2, 3, 7, 1000}) {
    const auto result = decode(text, step);
    CHECK(result.complete);
    CHECK_STR(result.content, "hello0123456789!");
    CHECK_EQ(result.rest, 4u);
    CHECK(result.trailers == http::Fields{{"x-sum", "9"}});
  }
}

TEST(src_http1_chunked, refuses) {
  const std::string rows[] = {
      "\r\n",
      ";x\r\n",
      " 5\r\nhello\r\n",
      "-5\r\n",
      "+5\r\n",
      "0x5\r\nhello\r\n",
      "5 \r\nhello\r\n",
      "g\r\n",
      "5\nhello\r\n",
      "5\r\nhello\n0\r\n\r\n",
      "5\r\nhelloX\r\n",
      "5\r\nhello\r0",
      "5;a\nb\r\nhello\r\n",
      "5;\x01\r\nhello\r\n",
      "8000000000000000\r\n",
      "00000000000000001\r\n",
      "ffffffffffffffff\r\n",
      "0\r\ncontent-length: 5\r\n\r\n",
      "0\r\n x\r\n\r\n",
      "0\r\nx\n\r\n",
      "1;" + std::string(ChunkedDecoder::kMaxExtensionBytes + 1, 'x') + "\r\n"};
  for (const std::string& text : rows) {
    for (const std::size_t step : {std::size_t{1}, text.size()}) {
      const auto result = decode(text, step);
      CHECK(result.failed);
      CHECK(!result.complete);
    }
  }
}

TEST(src_http1_chunked, extensions_of_all_chunks_count) {
  std::string text;
  for (std::size_t i = 0; i <= ChunkedDecoder::kMaxExtensionBytes / 100; ++i) {
    text += "1;" + std::string(100, 'x') + "\r\ny\r\n";
  }
  CHECK(decode(text, 1000).failed);
}

TEST(src_http1_chunked, incomplete_is_not_complete) {
  for (const char* text : {"", "5", "5\r\n", "5\r\nhell", "5\r\nhello", "0\r\n", "0\r\nX: y\r\n"}) {
    const auto result = decode(text, 100);
    CHECK(!result.complete);
    CHECK(!result.failed);
  }
}

TEST(src_http1_chunked, encodes) {
  CHECK_STR(http1::chunk_head(1), "1\r\n");
  CHECK_STR(http1::chunk_head(0x1f2e), "1f2e\r\n");
  CHECK_STR(*http1::last_chunk(), "0\r\n\r\n");
  CHECK_STR(*http1::last_chunk({{"a", "b"}}), "0\r\na: b\r\n\r\n");
  CHECK(!http1::last_chunk({{"a", "b\r\nc: d"}}).ok());
}
