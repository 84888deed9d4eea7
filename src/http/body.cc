// SPDX-License-Identifier: MIT
// Message content from files and from memory.
#include "http/body.h"

#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstring>

namespace http {

bool FileBody::read(std::span<std::uint8_t> out) {
  std::size_t done = 0;
  while (done < out.size()) {
    const ssize_t count = ::pread(fd_->get(), out.data() + done, out.size() - done,
                                  static_cast<off_t>(offset_ + done));
    if (count < 0 && errno == EINTR) continue;
    // A count of zero means that the file shrank after its length had been announced.
    if (count <= 0) return false;
    done += static_cast<std::size_t>(count);
  }
  offset_ += done;
  remaining_ -= done;
  return true;
}

bool TextBody::read(std::span<std::uint8_t> out) {
  if (out.size() > remaining()) return false;
  std::memcpy(out.data(), text_.data() + position_, out.size());
  position_ += out.size();
  return true;
}

bool SharedTextBody::read(std::span<std::uint8_t> out) {
  if (out.size() > remaining_) return false;
  std::memcpy(out.data(), text_->data() + offset_, out.size());
  offset_ += out.size();
  remaining_ -= out.size();
  return true;
}

std::optional<base::Chunk> SharedTextBody::lend(std::size_t count) {
  if (count > remaining_) return std::nullopt;
  const auto* const content = reinterpret_cast<const std::uint8_t*>(text_->data()) + offset_;
  offset_ += count;
  remaining_ -= count;
  return base::Chunk::share(text_, {content, count});
}

void ChainBody::append(std::unique_ptr<BodySource> part) {
  remaining_ += part->remaining();
  parts_.push_back(std::move(part));
}

bool ChainBody::read(std::span<std::uint8_t> out) {
  if (out.size() > remaining_) return false;
  remaining_ -= out.size();
  while (!out.empty()) {
    BodySource& part = *parts_[current_];
    const auto count =
        static_cast<std::size_t>(std::min<std::uint64_t>(part.remaining(), out.size()));
    if (!part.read(out.first(count))) return false;
    out = out.subspan(count);
    if (part.remaining() == 0) parts_[current_++].reset();
  }
  return true;
}

}  // namespace http
