// SPDX-License-Identifier: MIT
// Undoing the content codings gzip and deflate with zlib, and br with libbrotlidec.
#include "nghttp/content_decoder.h"

#ifdef HAVE_CONFIG_H
#include <config.h>
#endif

#ifdef HAVE_LIBBROTLIDEC
#include <brotli/decode.h>
#endif
#include <zlib.h>

#include <algorithm>
#include <new>
#include <string_view>
#include <utility>

#include "base/text.h"

namespace nghttp {

namespace {

constexpr std::size_t kPieceBytes = 32 * 1024;
// Nobody codes content more often than twice; each time multiplies what little input may become.
constexpr std::size_t kMaxCodings = 3;

}  // namespace

class ContentDecoder::Coding {
 public:
  explicit Coding(std::string name) : name_(std::move(name)) {}
  virtual ~Coding() = default;
  Coding(const Coding&) = delete;
  Coding& operator=(const Coding&) = delete;

  virtual std::string decode(http::Bytes input, const Sink& sink) = 0;
  bool is_complete() const { return complete_; }

 protected:
  std::string corrupt() const { return "the content is no valid " + name_; }

  // No content at all is complete, too.
  bool complete_ = true;

 private:
  std::string name_;
};

// ---- gzip, deflate -----------------------------------------------------------------------------

class ContentDecoder::Inflate final : public Coding {
 public:
  Inflate(std::string name, bool may_be_raw) : Coding(std::move(name)), may_be_raw_(may_be_raw) {}
  ~Inflate() override { inflateEnd(&stream_); }

  std::string decode(http::Bytes input, const Sink& sink) override {
    if (input.empty()) return {};
    if (is_begun_) return inflate_all(input, sink);
    complete_ = false;
    begin_.insert(begin_.end(), input.begin(), input.end());
    if (begin_.size() < 2) return {};
    if (inflateInit2(&stream_, window_bits()) != Z_OK) throw std::bad_alloc();
    is_begun_ = true;
    return inflate_all(std::exchange(begin_, {}), sink);
  }

 private:
  // The first two octets tell gzip, zlib (RFC 1950 §2.2), and the bare deflate apart that some
  // servers send instead of zlib.
  int window_bits() {
    constexpr int kZlibOrGzip = 15 + 32;
    const unsigned head = begin_[0] * 256U + begin_[1];
    const bool is_zlib = begin_[0] % 16 == Z_DEFLATED && head % 31 == 0;
    is_gzip_ = head == 0x1f8b;
    return may_be_raw_ && !is_zlib && !is_gzip_ ? -15 : kZlibOrGzip;
  }

  std::string inflate_all(http::Bytes input, const Sink& sink) {
    stream_.next_in = const_cast<Bytef*>(input.data());
    stream_.avail_in = static_cast<uInt>(input.size());
    std::uint8_t piece[kPieceBytes];
    bool is_full = false;
    while (stream_.avail_in > 0 || is_full) {
      // A gzip file may have several members, one after the other (RFC 1952 §2.2).
      if (complete_ && (!is_gzip_ || inflateReset(&stream_) != Z_OK)) return corrupt();
      stream_.next_out = piece;
      stream_.avail_out = sizeof(piece);
      const int result = inflate(&stream_, Z_NO_FLUSH);
      if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) return corrupt();
      complete_ = result == Z_STREAM_END;
      const std::size_t count = sizeof(piece) - stream_.avail_out;
      if (std::string stop = sink(http::Bytes(piece, count)); !stop.empty()) return stop;
      is_full = stream_.avail_out == 0 && !complete_;
      if (result == Z_BUF_ERROR) break;
    }
    return {};
  }

  const bool may_be_raw_;
  bool is_begun_ = false;
  bool is_gzip_ = false;
  std::vector<std::uint8_t> begin_;
  z_stream stream_{};
};

// ---- br ----------------------------------------------------------------------------------------

#ifdef HAVE_LIBBROTLIDEC

class ContentDecoder::Brotli final : public Coding {
 public:
  Brotli() : Coding("br"), state_(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr)) {
    if (state_ == nullptr) throw std::bad_alloc();
  }
  ~Brotli() override { BrotliDecoderDestroyInstance(state_); }

  std::string decode(http::Bytes input, const Sink& sink) override {
    if (input.empty()) return {};
    if (BrotliDecoderIsFinished(state_) != 0) return corrupt();
    complete_ = false;
    const std::uint8_t* next_in = input.data();
    std::size_t available_in = input.size();
    std::uint8_t piece[kPieceBytes];
    while (true) {
      std::uint8_t* next_out = piece;
      std::size_t available_out = sizeof(piece);
      const BrotliDecoderResult result = BrotliDecoderDecompressStream(
          state_, &available_in, &next_in, &available_out, &next_out, nullptr);
      if (result == BROTLI_DECODER_RESULT_ERROR) return corrupt();
      const std::size_t count = sizeof(piece) - available_out;
      if (std::string stop = sink(http::Bytes(piece, count)); !stop.empty()) return stop;
      if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) continue;
      complete_ = result == BROTLI_DECODER_RESULT_SUCCESS;
      return available_in > 0 ? corrupt() : std::string();
    }
  }

 private:
  BrotliDecoderState* state_;
};

#endif

// ---- The chain ---------------------------------------------------------------------------------

ContentDecoder::ContentDecoder(std::vector<std::unique_ptr<Coding>> codings)
    : codings_(std::move(codings)) {}

ContentDecoder::~ContentDecoder() = default;

std::unique_ptr<ContentDecoder::Coding> ContentDecoder::make_coding(std::string_view name,
                                                                    bool strict) {
  if (base::equal_ignoring_case(name, "gzip") || base::equal_ignoring_case(name, "x-gzip")) {
    return std::make_unique<Inflate>("gzip", false);
  }
  if (base::equal_ignoring_case(name, "deflate")) {
    return std::make_unique<Inflate>("deflate", true);
  }
#ifdef HAVE_LIBBROTLIDEC
  if (strict && base::equal_ignoring_case(name, "br")) return std::make_unique<Brotli>();
#endif
  return nullptr;
}

base::Result<std::unique_ptr<ContentDecoder>> ContentDecoder::create(const http::Fields& fields,
                                                                     bool strict) {
  std::vector<std::unique_ptr<Coding>> codings;
  for (const http::Field& field : fields) {
    if (field.name != "content-encoding") continue;
    for (const std::string_view name : base::split_list(field.value, ',')) {
      if (base::equal_ignoring_case(name, "identity")) continue;
      auto coding = make_coding(name, strict);
      if (coding && codings.size() < kMaxCodings) {
        codings.push_back(std::move(coding));
        continue;
      }
      if (!strict) return std::unique_ptr<ContentDecoder>();
      return base::Error{coding
                             ? "the content is coded too often: " + base::quote(field.value)
                             : "the content has a coding that is not known: " + base::quote(name)};
    }
  }
  if (codings.empty()) return std::unique_ptr<ContentDecoder>();
  std::reverse(codings.begin(), codings.end());
  return std::unique_ptr<ContentDecoder>(new ContentDecoder(std::move(codings)));
}

std::string ContentDecoder::decode(http::Bytes input, const Sink& sink) {
  return decode_from(0, input, sink);
}

std::string ContentDecoder::decode_from(std::size_t index, http::Bytes input, const Sink& sink) {
  if (index == codings_.size()) return sink(input);
  return codings_[index]->decode(input, [this, index, &sink](http::Bytes piece) {
    return decode_from(index + 1, piece, sink);
  });
}

bool ContentDecoder::is_complete() const {
  return std::all_of(codings_.begin(), codings_.end(),
                     [](const auto& coding) { return coding->is_complete(); });
}

std::string accepted_codings(bool strict) {
#ifdef HAVE_LIBBROTLIDEC
  if (strict) return "gzip, deflate, br";
#else
  static_cast<void>(strict);
#endif
  return "gzip, deflate";
}

}  // namespace nghttp
