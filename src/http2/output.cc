// SPDX-License-Identifier: MIT
// What a connection is about to write: octets of its own, and content that it has been lent.
#include "http2/output.h"

#include <algorithm>
#include <utility>

namespace http2 {

namespace {

iovec piece_of(std::span<const std::uint8_t> bytes) {
  // What is written is not changed; the C type lacks the const.
  return {const_cast<std::uint8_t*>(bytes.data()), bytes.size()};
}

}  // namespace

void Output::lend(base::Chunk content) {
  if (content.empty()) return;
  if (gone_ > 0 && 2 * gone_ >= lent_.size()) {
    lent_.erase(lent_.begin(), lent_.begin() + static_cast<std::ptrdiff_t>(gone_));
    gone_ = 0;
  }
  lent_bytes_ += content.size();
  const std::size_t own_before = own_.size() - own_between_;
  own_between_ = own_.size();
  lent_.push_back({own_before, std::move(content)});
}

std::size_t Output::gather(std::span<iovec> pieces) const {
  std::size_t count = 0;
  std::span<const std::uint8_t> own = own_.bytes();
  std::size_t skipped = gone_bytes_;
  for (std::size_t i = gone_; i < lent_.size() && count < pieces.size(); ++i) {
    const Lent& lent = lent_[i];
    if (lent.own_before > 0) {
      pieces[count++] = piece_of(own.first(lent.own_before));
      own = own.subspan(lent.own_before);
      if (count == pieces.size()) return count;
    }
    pieces[count++] = piece_of(lent.content.bytes().subspan(std::exchange(skipped, 0)));
  }
  if (!own.empty() && count < pieces.size()) pieces[count++] = piece_of(own);
  return count;
}

void Output::consume(std::size_t count) {
  while (count > 0 && gone_ < lent_.size()) {
    Lent& lent = lent_[gone_];
    const std::size_t own = std::min(count, lent.own_before);
    own_.consume(own);
    lent.own_before -= own;
    own_between_ -= own;
    count -= own;
    const std::size_t content = std::min(count, lent.content.size() - gone_bytes_);
    gone_bytes_ += content;
    lent_bytes_ -= content;
    count -= content;
    if (gone_bytes_ < lent.content.size()) return;
    lent.content = {};
    gone_bytes_ = 0;
    ++gone_;
  }
  own_.consume(count);
  if (empty()) clear();
}

void Output::clear() {
  own_.clear();
  lent_.clear();
  gone_ = gone_bytes_ = lent_bytes_ = own_between_ = 0;
}

}  // namespace http2
