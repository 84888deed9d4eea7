// SPDX-License-Identifier: MIT
// The chunked transfer coding.
#include "http1/chunked.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "http1/head_writer.h"
#include "http1/syntax.h"

namespace http1 {

namespace {

// Enough for any 63 bit number; leading zeros count.
constexpr int kMaxSizeDigits = 16;

}  // namespace

ChunkedDecoder::Step ChunkedDecoder::decode(http::Bytes input) {
  Step step;
  while (step.taken < input.size()) {
    if (state_ == State::complete || state_ == State::failed) break;
    if (state_ == State::trailers) {
      take_trailers_from(input, step.taken);
      break;
    }
    if (state_ == State::content) {
      const auto count =
          static_cast<std::size_t>(std::min<std::uint64_t>(remaining_, input.size() - step.taken));
      step.content = input.subspan(step.taken, count);
      step.taken += count;
      remaining_ -= count;
      if (remaining_ == 0) state_ = State::content_end;
      break;
    }
    take_framing_octet(static_cast<char>(input[step.taken++]));
  }
  return step;
}

void ChunkedDecoder::take_framing_octet(char c) {
  switch (state_) {
    case State::size: return take_size_octet(c);
    case State::space:
      // White space is allowed before an extension only.
      if (c == ' ' || c == '\t' || c == ';') return take_extension_octet(c);
      return fail("white space after a chunk size");
    case State::extension: return take_extension_octet(c);
    case State::size_end: return end_of_size_line(c);
    case State::content_end: return expect(c, '\r', State::content_end_lf);
    case State::content_end_lf: return expect(c, '\n', State::size);
    case State::content:
    case State::trailers:
    case State::complete:
    case State::failed: break;
  }
}

void ChunkedDecoder::take_size_octet(char c) {
  if (const int digit = base::hex_value(c); digit >= 0) {
    if (++digits_ > kMaxSizeDigits || remaining_ > std::uint64_t{0x07ff'ffff'ffff'ffff}) {
      return fail("a chunk size of too many digits");
    }
    remaining_ = remaining_ << 4 | static_cast<std::uint64_t>(digit);
    return;
  }
  if (digits_ == 0) return fail("a chunk size that is no number: " + base::quote({&c, 1}));
  if (c == '\r') {
    state_ = State::size_end;
  } else if (c == ';' || c == ' ' || c == '\t') {
    take_extension_octet(c);
  } else {
    fail("an unexpected character after a chunk size: " + base::quote({&c, 1}));
  }
}

void ChunkedDecoder::take_extension_octet(char c) {
  if (c == '\r') {
    state_ = State::size_end;
    return;
  }
  if (!is_field_value({&c, 1})) return fail("a bad character in a chunk extension");
  if (++extension_bytes_ > kMaxExtensionBytes) return fail("too many chunk extensions");
  const bool is_space = c == ' ' || c == '\t';
  if (state_ == State::extension) return;
  state_ = is_space ? State::space : State::extension;
}

void ChunkedDecoder::end_of_size_line(char c) {
  if (c != '\n') return fail("a chunk size line ends without LF");
  state_ = remaining_ == 0 ? State::trailers : State::content;
  digits_ = 0;
}

void ChunkedDecoder::expect(char c, char wanted, State next) {
  if (c != wanted) return fail("no line break behind a chunk: " + base::quote({&c, 1}));
  state_ = next;
}

void ChunkedDecoder::take_trailers_from(http::Bytes input, std::size_t& taken) {
  taken += trailers_.feed(base::as_text(input.subspan(taken)));
  if (trailers_.state() == HeadParser::State::complete) state_ = State::complete;
  if (trailers_.state() == HeadParser::State::malformed) {
    state_ = State::failed;
    fault_ = trailers_.fault();
  }
}

void ChunkedDecoder::fail(std::string text) {
  state_ = State::failed;
  fault_ = Fault{400, std::move(text)};
}

std::string chunk_head(std::size_t size) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string digits;
  for (; size > 0; size >>= 4)
    digits.insert(digits.begin(), kDigits[size & 0xf]);
  return digits + "\r\n";
}

base::Result<std::string> last_chunk(const http::Fields& trailers) {
  auto fields = write_fields(trailers);
  if (!fields) return fields;
  return "0\r\n" + *fields + "\r\n";
}

}  // namespace http1
