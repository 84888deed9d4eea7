// SPDX-License-Identifier: MIT
// What a connection is about to write: octets of its own, and content that it has been lent.
#pragma once

#include <sys/uio.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/buffer.h"
#include "base/chunk.h"

namespace http2 {

// A queue of octets. Content of some size goes from where it lives to the socket without having
// been copied; the heads of its frames, and all that is small, are gathered in one buffer.
class Output {
 public:
  // `capacity`: of the buffer, which it keeps.
  explicit Output(std::size_t capacity) : own_(capacity) { own_.prepare(capacity); }

  std::size_t size() const { return own_.size() + lent_bytes_; }
  bool empty() const { return size() == 0; }

  // Appends octets, or room for them of which commit() takes a part, as in base::Buffer.
  void append(std::span<const std::uint8_t> bytes) { own_.append(bytes); }
  std::span<std::uint8_t> prepare(std::size_t min_bytes) { return own_.prepare(min_bytes); }
  void commit(std::size_t count) { own_.commit(count); }

  // Appends content that stays where it is.
  void lend(base::Chunk content);

  // Describes the first pieces; returns how many. They are good until the next change.
  std::size_t gather(std::span<iovec> pieces) const;

  // Drops the first min(count, size()) octets.
  void consume(std::size_t count);
  void clear();

 private:
  struct Lent {
    // Octets of our own between the content before and this one.
    std::size_t own_before;
    base::Chunk content;
  };

  base::Buffer own_;
  std::vector<Lent> lent_;
  // Of lent_, those that have left; and the octets that have left of the first of the others.
  std::size_t gone_ = 0;
  std::size_t gone_bytes_ = 0;
  std::size_t lent_bytes_ = 0;
  // Octets of our own behind the last lent content begin there.
  std::size_t own_between_ = 0;
};

}  // namespace http2
