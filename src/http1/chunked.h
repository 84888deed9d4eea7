// SPDX-License-Identifier: MIT
// The chunked transfer coding (RFC 9112 §7.1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/result.h"
#include "http/body.h"
#include "http1/head_parser.h"

namespace http1 {

// Undoes the coding, as strictly as HeadParser. Chunk extensions are skipped; since they cost the
// peer less than us, a message may have a limited amount of them.
class ChunkedDecoder {
 public:
  // Chunk extensions of one message, in octets.
  static constexpr std::size_t kMaxExtensionBytes = 16 * 1024;

  explicit ChunkedDecoder(const Limits& limits = {}) : trailers_(MessageKind::trailers, limits) {}

  // What came of a step: octets taken off the front, and content found in them.
  struct Step {
    std::size_t taken = 0;
    http::Bytes content;
  };

  // Goes on until some content has been found, all input is taken, or a line is not complete: then
  // the rest is to be shown again with more behind it.
  Step decode(http::Bytes input);

  bool is_complete() const { return state_ == State::complete; }
  bool has_failed() const { return state_ == State::failed; }
  const Fault& fault() const { return fault_; }
  // Once complete; may be empty.
  http::Fields take_trailers() { return trailers_.take().head.fields; }

 private:
  enum class State {
    size,
    space,
    extension,
    size_end,
    content,
    content_end,
    content_end_lf,
    trailers,
    complete,
    failed
  };

  void take_framing_octet(char c);
  void take_size_octet(char c);
  void take_extension_octet(char c);
  void end_of_size_line(char c);
  void expect(char c, char wanted, State next);
  void take_trailers_from(http::Bytes input, std::size_t& taken);
  void fail(std::string text);

  State state_ = State::size;
  std::uint64_t remaining_ = 0;
  int digits_ = 0;
  std::size_t extension_bytes_ = 0;
  HeadParser trailers_;
  Fault fault_;
};

// What comes before and behind a chunk of `size` octets, at least 1.
std::string chunk_head(std::size_t size);
inline constexpr std::string_view kChunkEnd = "\r\n";

// The last chunk with the trailers; an error if one of these would break the framing.
base::Result<std::string> last_chunk(const http::Fields& trailers = {});

}  // namespace http1
