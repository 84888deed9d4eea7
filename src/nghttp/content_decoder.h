// SPDX-License-Identifier: MIT
// Undoing content codings (RFC 9110 §8.4.1).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "http/fields.h"
#include "http/stream.h"

namespace nghttp {

// Decodes content piece by piece. Whatever the content says, no more memory is used than the
// codings' windows and one piece of output each.
class ContentDecoder {
 public:
  // Takes decoded content: "" or why to stop.
  using Sink = std::function<std::string(http::Bytes)>;

  // For the codings that content-encoding names. Without `strict`, gzip and deflate are undone, and
  // for content with any other coding there is no decoder: nullptr. With it, all of
  // accepted_codings() are undone, and any other coding is an error.
  static base::Result<std::unique_ptr<ContentDecoder>> create(const http::Fields& fields,
                                                              bool strict);

  ~ContentDecoder();
  ContentDecoder(const ContentDecoder&) = delete;
  ContentDecoder& operator=(const ContentDecoder&) = delete;

  // Passes what `input` decodes to on: "", what the sink has returned, or what is wrong.
  std::string decode(http::Bytes input, const Sink& sink);

  // Whether the coded content is complete.
  bool is_complete() const;

 private:
  class Coding;
  class Inflate;
  class Brotli;

  explicit ContentDecoder(std::vector<std::unique_ptr<Coding>> codings);
  static std::unique_ptr<Coding> make_coding(std::string_view name, bool strict);
  std::string decode_from(std::size_t index, http::Bytes input, const Sink& sink);

  // The one that was applied last comes first.
  std::vector<std::unique_ptr<Coding>> codings_;
};

// The value of accept-encoding.
std::string accepted_codings(bool strict);

}  // namespace nghttp
