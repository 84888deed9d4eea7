// SPDX-License-Identifier: MIT
// The content of the message being sent.
#include "http1/request_output.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "http1/chunked.h"

namespace http1 {

namespace {

// Content that one chunk holds at most.
constexpr std::size_t kChunkBytes = 32 * 1024;

}  // namespace

void RequestOutput::begin(Framing framing) {
  *this = RequestOutput();
  framing_ = framing;
  complete_ = framing.kind == Framing::Kind::none;
  ended_ = complete_;
}

void RequestOutput::add(http::Bytes chunk, http::End end) {
  queue_.append(chunk);
  ended_ = end == http::End::yes;
}

void RequestOutput::add_source(std::unique_ptr<http::BodySource> source, http::End end) {
  source_ = std::move(source);
  ended_ = end == http::End::yes;
}

void RequestOutput::add_trailers(const http::Fields& trailers) {
  trailers_ = trailers;
  ended_ = true;
}

std::uint64_t RequestOutput::available() const {
  return queue_.size() + (source_ ? source_->remaining() : 0);
}

std::optional<std::size_t> RequestOutput::produce(base::Buffer& out, std::size_t limit) {
  std::size_t content = 0;
  while (!complete_ && out.size() < limit) {
    const std::uint64_t ready = available();
    if (ready == 0) {
      if (ended_ && !produce_end(out)) return std::nullopt;
      break;
    }
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(ready, kChunkBytes));
    if (!produce_piece(out, size)) return std::nullopt;
    content += size;
  }
  return content;
}

bool RequestOutput::produce_piece(base::Buffer& out, std::size_t size) {
  produced_ += size;
  if (framing_.kind == Framing::Kind::length && produced_ > framing_.length) {
    return fail("more content than content-length says");
  }
  const bool is_chunked = framing_.kind == Framing::Kind::chunked;
  if (is_chunked) out.append(chunk_head(size));
  const std::size_t from_queue = std::min(queue_.size(), size);
  out.append(queue_.bytes().first(from_queue));
  queue_.consume(from_queue);
  if (const std::size_t rest = size - from_queue; rest > 0) {
    if (!source_->read(out.prepare(rest).first(rest))) {
      return fail("the content to be sent cannot be read any more");
    }
    out.commit(rest);
  }
  if (is_chunked) out.append(kChunkEnd);
  return true;
}

bool RequestOutput::produce_end(base::Buffer& out) {
  complete_ = true;
  if (framing_.kind == Framing::Kind::length && produced_ < framing_.length) {
    return fail("less content than content-length says");
  }
  if (framing_.kind != Framing::Kind::chunked) return true;
  auto text = last_chunk(trailers_);
  if (!text) return fail(text.error());
  last_chunk_ = *std::move(text);
  out.append(last_chunk_);
  return true;
}

bool RequestOutput::fail(std::string text) {
  error_ = std::move(text);
  return false;
}

}  // namespace http1
