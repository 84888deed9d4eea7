// SPDX-License-Identifier: MIT
// Immutable shared bytes, and a queue of them for scatter output.
#pragma once

#include <sys/uio.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace base {

// A view of bytes together with shared ownership of their memory. Copying and slicing share the
// memory; the bytes never change. Chunks may be handed to another thread.
class Chunk {
 public:
  Chunk() = default;

  static Chunk copy(std::span<const uint8_t> bytes);
  static Chunk copy(std::string_view text);
  static Chunk take(std::vector<uint8_t>&& bytes);
  static Chunk take(std::string&& text);
  // No ownership: the bytes must live as long as every slice (string literals, static tables).
  static Chunk borrow(std::span<const uint8_t> bytes);
  // Shares memory that `owner` keeps alive.
  static Chunk share(std::shared_ptr<const void> owner, std::span<const uint8_t> bytes);

  const uint8_t* data() const { return bytes_.data(); }
  size_t size() const { return bytes_.size(); }
  bool empty() const { return bytes_.empty(); }
  std::span<const uint8_t> bytes() const { return bytes_; }
  std::string_view text() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }

  // Slices that share the memory; n is clamped to size().
  Chunk first(size_t n) const;
  Chunk without_first(size_t n) const;

 private:
  std::shared_ptr<const void> owner_;
  std::span<const uint8_t> bytes_;
};

// A byte queue made of chunks. Small copies are gathered into shared blocks, large chunks are kept
// as they are.
class ChunkChain {
 public:
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  void append(Chunk chunk);
  void append(ChunkChain&& other);
  void append_copy(std::span<const uint8_t> bytes);

  // The first contiguous piece; empty when the chain is empty.
  std::span<const uint8_t> front() const;
  // Describes the first pieces without consuming them; returns how many entries were filled.
  size_t gather(std::span<iovec> entries) const;
  // Copies up to destination.size() bytes from the front without consuming them.
  size_t copy_to(std::span<uint8_t> destination) const;
  // Drops min(n, size()) bytes from the front.
  void consume(size_t n);
  // Removes the first min(n, front().size()) bytes as a chunk.
  Chunk take_front(size_t n);
  void clear();
  // All bytes in one string, for tests and small bodies.
  std::string to_string() const;

 private:
  std::deque<Chunk> chunks_;
  // The block small copies go to: its unused rest follows the last chunk's end.
  std::shared_ptr<uint8_t[]> block_;
  size_t block_used_ = 0;
  size_t size_ = 0;
};

}  // namespace base
