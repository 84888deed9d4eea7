// SPDX-License-Identifier: MIT
// Tests of undoing content codings.
#include "nghttp/content_decoder.h"

#include <zlib.h>

#include <algorithm>
#include <string>

#include "base/text.h"
#include "support/check.h"

namespace {

std::string compressed(std::string_view text, int window_bits) {
  z_stream stream{};
  if (deflateInit2(&stream, 9, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string out(deflateBound(&stream, text.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string decoded(std::string_view coding, std::string_view input, std::size_t piece_bytes) {
  const auto decoder = nghttp::ContentDecoder::create(coding);
  if (!decoder) return "no decoder";
  std::string out;
  for (std::size_t at = 0; at < input.size(); at += piece_bytes) {
    const auto piece = base::as_bytes(input.substr(at, piece_bytes));
    if (!decoder->decode(piece, [&out](http::Bytes bytes) { out += base::as_text(bytes); })) {
      return "corrupt";
    }
  }
  return decoder->is_complete() ? out : "incomplete";
}

std::string sample() {
  std::string text;
  for (int i = 0; i < 20000; ++i)
    text += "line " + std::to_string(i * 7919 % 1000) + "\n";
  return text;
}

}  // namespace

TEST(src_nghttp_decoder, whole_and_in_pieces) {
  const std::string text = sample();
  for (const std::size_t piece : {std::size_t{1}, std::size_t{1000}, text.size()}) {
    CHECK(decoded("gzip", compressed(text, 31), piece) == text);
    CHECK(decoded(" X-GZIP ", compressed(text, 31), piece) == text);
    CHECK(decoded("deflate", compressed(text, 15), piece) == text);
  }
}

TEST(src_nghttp_decoder, members_follow_each_other) {
  CHECK_STR(decoded("gzip", compressed("one ", 31) + compressed("two", 31), 3), "one two");
}

TEST(src_nghttp_decoder, much_from_little) {
  const std::string zeros(10'000'000, '0');
  CHECK(decoded("gzip", compressed(zeros, 31), 100000) == zeros);
}

TEST(src_nghttp_decoder, faults) {
  const std::string packed = compressed("some text that is long enough", 31);
  CHECK_STR(decoded("gzip", packed.substr(0, packed.size() - 1), 10), "incomplete");
  CHECK_STR(decoded("gzip", "not gzip at all", 100), "corrupt");
  CHECK_STR(decoded("gzip", "", 1), "");
  CHECK_STR(decoded("br", "x", 1), "no decoder");
  CHECK_STR(decoded("", "x", 1), "no decoder");
}
