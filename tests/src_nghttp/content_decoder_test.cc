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

std::string decoded(std::string_view coding, std::string_view input, std::size_t piece_bytes,
                    bool strict = false) {
  const http::Fields fields{{"content-encoding", std::string(coding)}};
  const auto decoder = nghttp::ContentDecoder::create(fields, strict);
  if (!decoder) return decoder.error();
  if (*decoder == nullptr) return "no decoder";
  std::string out;
  const auto sink = [&out](http::Bytes bytes) {
    out += base::as_text(bytes);
    return std::string();
  };
  for (std::size_t at = 0; at < input.size(); at += piece_bytes) {
    const auto piece = base::as_bytes(input.substr(at, piece_bytes));
    const std::string problem = (*decoder)->decode(piece, sink);
    if (!problem.empty()) return problem;
  }
  return (*decoder)->is_complete() ? out : "incomplete";
}

// "brotli, as another program has written it" as br.
std::string brotli_sample() {
  return std::string(
      "\x0b\x14\x80"
      "brotli, as another program has written it\x03",
      45);
}

bool has_brotli() {
  return nghttp::accepted_codings(true) == "gzip, deflate, br";
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

TEST(src_nghttp_decoder, deflate_without_its_wrapping) {
  const std::string text = sample();
  for (const std::size_t piece : {std::size_t{1}, std::size_t{2}, text.size()}) {
    CHECK(decoded("deflate", compressed(text, -15), piece) == text);
  }
}

TEST(src_nghttp_decoder, codings_are_undone_last_first) {
  const std::string text = sample();
  const std::string twice = compressed(compressed(text, 15), 31);
  CHECK(decoded("deflate, gzip", twice, 10) == text);
  CHECK(decoded("deflate,identity , gzip", twice, 1000) == text);
  CHECK_STR(decoded("gzip, gzip, gzip, gzip", twice, 10), "no decoder");
  CHECK(decoded("gzip, gzip, gzip, gzip", twice, 10, true).find("too often") != std::string::npos);
}

TEST(src_nghttp_decoder, several_field_lines_are_one_list) {
  const http::Fields fields{{"content-encoding", "gzip"}, {"content-encoding", "unknown"}};
  const auto decoder = nghttp::ContentDecoder::create(fields, false);
  CHECK(decoder && *decoder == nullptr);
  CHECK(!nghttp::ContentDecoder::create(fields, true));
}

TEST(src_nghttp_decoder, brotli_only_when_asked) {
  CHECK_STR(decoded("br", brotli_sample(), 7), "no decoder");
  if (!has_brotli()) return;
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{100}}) {
    CHECK_STR(decoded("br", brotli_sample(), piece, true),
              "brotli, as another program has written it");
  }
  CHECK_STR(decoded("br", brotli_sample().substr(0, 40), 7, true), "incomplete");
  CHECK_STR(decoded("br", brotli_sample() + "x", 7, true), "the content is no valid br");
  CHECK_STR(decoded("br", brotli_sample() + "x", 100, true), "the content is no valid br");
  CHECK_STR(decoded("br", "\xff\xff\xff no br", 7, true), "the content is no valid br");
}

TEST(src_nghttp_decoder, a_sink_that_stops) {
  const http::Fields fields{{"content-encoding", "gzip"}};
  const auto decoder = *nghttp::ContentDecoder::create(fields, true);
  const std::string zeros = compressed(std::string(10'000'000, '0'), 31);
  int calls = 0;
  const auto full = [&calls](http::Bytes bytes) {
    CHECK(bytes.size() <= 32 * 1024);
    return ++calls == 3 ? std::string("full") : std::string();
  };
  CHECK_STR(decoder->decode(base::as_bytes(zeros), full), "full");
  CHECK_EQ(calls, 3);
}

TEST(src_nghttp_decoder, faults) {
  const std::string packed = compressed("some text that is long enough", 31);
  CHECK_STR(decoded("gzip", packed.substr(0, packed.size() - 1), 10), "incomplete");
  CHECK_STR(decoded("gzip", packed.substr(0, 1), 10), "incomplete");
  CHECK_STR(decoded("gzip", "not gzip at all", 100), "the content is no valid gzip");
  CHECK_STR(decoded("deflate", compressed("text", 15) + "more", 100),
            "the content is no valid deflate");
  CHECK_STR(decoded("gzip", "", 1), "");
  CHECK_STR(decoded("", "x", 1), "no decoder");
  CHECK_STR(decoded("identity", "x", 1, true), "no decoder");
  CHECK_STR(decoded("unknown", "x", 1), "no decoder");
  CHECK_STR(decoded("unknown", "x", 1, true),
            "the content has a coding that is not known: 'unknown'");
}
