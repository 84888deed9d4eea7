// SPDX-License-Identifier: MIT
// Undoing the content codings gzip and deflate with zlib.
#include "nghttp/content_decoder.h"

#include <zlib.h>

#include <new>

#include "base/text.h"

namespace nghttp {

namespace {

// zlib tells the two codings apart by their first octets.
constexpr int kAnyWindow = 15 + 32;
constexpr std::size_t kPieceBytes = 32 * 1024;

}  // namespace

struct ContentDecoder::State {
  State() {
    if (inflateInit2(&stream, kAnyWindow) != Z_OK) throw std::bad_alloc();
  }
  ~State() { inflateEnd(&stream); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  z_stream stream{};
};

ContentDecoder::ContentDecoder() : state_(std::make_unique<State>()) {}

ContentDecoder::~ContentDecoder() = default;

std::unique_ptr<ContentDecoder> ContentDecoder::create(std::string_view content_encoding) {
  const std::string_view coding = base::trim(content_encoding);
  for (const std::string_view known : {"gzip", "x-gzip", "deflate"}) {
    if (base::equal_ignoring_case(coding, known)) {
      return std::unique_ptr<ContentDecoder>(new ContentDecoder());
    }
  }
  return nullptr;
}

bool ContentDecoder::decode(http::Bytes input, const Sink& sink) {
  z_stream& stream = state_->stream;
  stream.next_in = const_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  std::uint8_t piece[kPieceBytes];
  bool is_full = false;
  while (stream.avail_in > 0 || is_full) {
    // A gzip file may have several members, one after the other (RFC 1952 §2.2).
    if (complete_ && stream.total_in > 0 && inflateReset(&stream) != Z_OK) return false;
    stream.next_out = piece;
    stream.avail_out = sizeof(piece);
    const int result = inflate(&stream, Z_NO_FLUSH);
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) return false;
    complete_ = result == Z_STREAM_END;
    sink(http::Bytes(piece, sizeof(piece) - stream.avail_out));
    is_full = stream.avail_out == 0 && !complete_;
    if (result == Z_BUF_ERROR) break;
  }
  return true;
}

}  // namespace nghttp
