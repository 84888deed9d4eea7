// SPDX-License-Identifier: MIT
// Immutable shared bytes, and a queue of them for scatter output.
#include "base/chunk.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace base {

namespace {

constexpr size_t kBlockSize = 16 * 1024;

}  // namespace

Chunk Chunk::copy(std::span<const uint8_t> bytes) {
  if (bytes.empty()) return {};
  auto memory = std::make_shared_for_overwrite<uint8_t[]>(bytes.size());
  std::memcpy(memory.get(), bytes.data(), bytes.size());
  const std::span<const uint8_t> view(memory.get(), bytes.size());
  return share(std::move(memory), view);
}

Chunk Chunk::copy(std::string_view text) {
  return copy(std::span(reinterpret_cast<const uint8_t*>(text.data()), text.size()));
}

Chunk Chunk::take(std::vector<uint8_t>&& bytes) {
  auto owner = std::make_shared<const std::vector<uint8_t>>(std::move(bytes));
  const std::span<const uint8_t> view(*owner);
  return share(std::move(owner), view);
}

Chunk Chunk::take(std::string&& text) {
  auto owner = std::make_shared<const std::string>(std::move(text));
  const std::span view(reinterpret_cast<const uint8_t*>(owner->data()), owner->size());
  return share(std::move(owner), view);
}

Chunk Chunk::borrow(std::span<const uint8_t> bytes) {
  return share(nullptr, bytes);
}

Chunk Chunk::share(std::shared_ptr<const void> owner, std::span<const uint8_t> bytes) {
  Chunk chunk;
  chunk.owner_ = std::move(owner);
  chunk.bytes_ = bytes;
  return chunk;
}

Chunk Chunk::first(size_t n) const {
  return share(owner_, bytes_.first(std::min(n, size())));
}

Chunk Chunk::without_first(size_t n) const {
  return share(owner_, bytes_.subspan(std::min(n, size())));
}

void ChunkChain::append(Chunk chunk) {
  if (chunk.empty()) return;
  size_ += chunk.size();
  chunks_.push_back(std::move(chunk));
}

void ChunkChain::append(ChunkChain&& other) {
  if (&other == this) return;
  for (Chunk& chunk : other.chunks_)
    append(std::move(chunk));
  other.clear();
}

void ChunkChain::append_copy(std::span<const uint8_t> bytes) {
  while (!bytes.empty()) {
    if (!block_ || block_used_ == kBlockSize) {
      block_ = std::make_shared_for_overwrite<uint8_t[]>(kBlockSize);
      block_used_ = 0;
    }
    const size_t n = std::min(bytes.size(), kBlockSize - block_used_);
    uint8_t* const target = block_.get() + block_used_;
    std::memcpy(target, bytes.data(), n);
    block_used_ += n;
    size_ += n;
    bytes = bytes.subspan(n);
    // Memory that follows the last chunk without a gap, within the same block, extends that chunk.
    if (!chunks_.empty() && target != block_.get() &&
        chunks_.back().data() + chunks_.back().size() == target) {
      const size_t length = chunks_.back().size() + n;
      chunks_.back() = Chunk::share(block_, {target + n - length, length});
    } else {
      chunks_.push_back(Chunk::share(block_, {target, n}));
    }
  }
}

std::span<const uint8_t> ChunkChain::front() const {
  return chunks_.empty() ? std::span<const uint8_t>() : chunks_.front().bytes();
}

size_t ChunkChain::gather(std::span<iovec> entries) const {
  const size_t count = std::min(entries.size(), chunks_.size());
  for (size_t i = 0; i < count; ++i) {
    entries[i] = {const_cast<uint8_t*>(chunks_[i].data()), chunks_[i].size()};
  }
  return count;
}

size_t ChunkChain::copy_to(std::span<uint8_t> destination) const {
  size_t copied = 0;
  for (const Chunk& chunk : chunks_) {
    if (copied == destination.size()) break;
    const size_t n = std::min(chunk.size(), destination.size() - copied);
    std::memcpy(destination.data() + copied, chunk.data(), n);
    copied += n;
  }
  return copied;
}

void ChunkChain::consume(size_t n) {
  n = std::min(n, size_);
  while (n > 0)
    n -= take_front(n).size();
}

Chunk ChunkChain::take_front(size_t n) {
  if (chunks_.empty() || n == 0) return {};
  Chunk& front = chunks_.front();
  if (n < front.size()) {
    Chunk taken = front.first(n);
    front = front.without_first(n);
    size_ -= n;
    return taken;
  }
  Chunk taken = std::move(front);
  chunks_.pop_front();
  size_ -= taken.size();
  // Nothing refers to the block's used part any more unless taken slices do.
  if (chunks_.empty()) block_.reset();
  return taken;
}

void ChunkChain::clear() {
  chunks_.clear();
  block_.reset();
  size_ = 0;
}

std::string ChunkChain::to_string() const {
  std::string text;
  text.reserve(size_);
  for (const Chunk& chunk : chunks_)
    text += chunk.text();
  return text;
}

}  // namespace base
