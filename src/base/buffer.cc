// SPDX-License-Identifier: MIT
// A growing contiguous byte queue: append at the end, consume from the front.
#include "base/buffer.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace base {

Buffer::Buffer(Buffer&& other) noexcept
    : keep_capacity_(other.keep_capacity_),
      memory_(std::move(other.memory_)),
      capacity_(std::exchange(other.capacity_, 0)),
      begin_(std::exchange(other.begin_, 0)),
      end_(std::exchange(other.end_, 0)) {}

Buffer& Buffer::operator=(Buffer&& other) noexcept {
  Buffer moved(std::move(other));
  std::swap(keep_capacity_, moved.keep_capacity_);
  std::swap(memory_, moved.memory_);
  std::swap(capacity_, moved.capacity_);
  std::swap(begin_, moved.begin_);
  std::swap(end_, moved.end_);
  return *this;
}

void Buffer::append(std::span<const uint8_t> bytes) {
  if (bytes.empty()) return;
  std::memcpy(prepare(bytes.size()).data(), bytes.data(), bytes.size());
  commit(bytes.size());
}

void Buffer::append(std::string_view text) {
  append(std::span(reinterpret_cast<const uint8_t*>(text.data()), text.size()));
}

std::span<uint8_t> Buffer::prepare(size_t min_bytes) {
  const size_t used = size();
  if (capacity_ - end_ < min_bytes) {
    if (capacity_ - used >= min_bytes && begin_ >= used) {
      // Enough room in front, and moving costs less than what was consumed before.
      if (used) std::memcpy(memory_.get(), data(), used);
    } else {
      const size_t wanted = std::max({used + min_bytes, capacity_ * 2, size_t{256}});
      auto memory = std::make_unique_for_overwrite<uint8_t[]>(wanted);
      if (used) std::memcpy(memory.get(), data(), used);
      memory_ = std::move(memory);
      capacity_ = wanted;
    }
    begin_ = 0;
    end_ = used;
  }
  return {memory_.get() + end_, capacity_ - end_};
}

void Buffer::commit(size_t n) {
  end_ += std::min(n, capacity_ - end_);
}

void Buffer::consume(size_t n) {
  begin_ += std::min(n, size());
  if (empty()) clear();
}

void Buffer::clear() {
  begin_ = end_ = 0;
  if (capacity_ > keep_capacity_) {
    memory_.reset();
    capacity_ = 0;
  }
}

}  // namespace base
