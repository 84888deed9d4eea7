// SPDX-License-Identifier: MIT
// Undoing the content codings that nghttp accepts (RFC 9110 §8.4.1).
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "http/stream.h"

namespace nghttp {

// Decodes gzip or deflate piece by piece with bounded memory.
class ContentDecoder {
 public:
  using Sink = std::function<void(http::Bytes)>;

  // nullptr if the content-encoding value names no coding that can be undone.
  static std::unique_ptr<ContentDecoder> create(std::string_view content_encoding);

  ~ContentDecoder();
  ContentDecoder(const ContentDecoder&) = delete;
  ContentDecoder& operator=(const ContentDecoder&) = delete;

  // Passes what `input` decodes to on; false if it is corrupt.
  bool decode(http::Bytes input, const Sink& sink);

  // Whether the coded content is complete.
  bool is_complete() const { return complete_; }

 private:
  ContentDecoder();

  struct State;
  std::unique_ptr<State> state_;
  bool complete_ = true;
};

}  // namespace nghttp
