// SPDX-License-Identifier: MIT
// The content of the message being sent: queued, framed, and written piece by piece.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/buffer.h"
#include "http/body.h"
#include "http/fields.h"
#include "http/stream.h"
#include "http1/framing.h"

namespace http1 {

// One message's content on its way out.
class RequestOutput {
 public:
  // Begins a message whose head has just been written.
  void begin(Framing framing);

  void add(http::Bytes chunk, http::End end);
  void add_source(std::unique_ptr<http::BodySource> source, http::End end);
  void add_trailers(const http::Fields& trailers);

  // Octets that wait in the queue; nothing more may be added once the end is known.
  std::size_t queued() const { return queue_.size(); }
  bool is_closed() const { return ended_ || source_ != nullptr; }

  // Moves up to about `limit` octets into `out` and says how many of them were content; nullopt
  // when content cannot be had, or is more or less than its head has said: error() tells.
  std::optional<std::size_t> produce(base::Buffer& out, std::size_t limit);

  // Everything has been produced, trailers included.
  bool is_complete() const { return complete_; }
  const std::string& error() const { return error_; }
  // The last chunk with its trailers, if that is what ended the message.
  const std::string& last_chunk_text() const { return last_chunk_; }

 private:
  bool produce_piece(base::Buffer& out, std::size_t size);
  bool produce_end(base::Buffer& out);
  std::uint64_t available() const;
  bool fail(std::string text);

  Framing framing_;
  base::Buffer queue_;
  std::unique_ptr<http::BodySource> source_;
  http::Fields trailers_;
  bool ended_ = false;
  bool complete_ = true;
  std::uint64_t produced_ = 0;
  std::string last_chunk_;
  std::string error_;
};

}  // namespace http1
