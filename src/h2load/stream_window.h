// SPDX-License-Identifier: MIT
// The exchanges of a connection by their streams, which are opened in order and mostly end so, too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "h2load/exchange.h"

namespace h2load {

class StreamWindow {
 public:
  // So far the latest stream may be from the oldest that is open.
  static constexpr std::size_t kMaxSpan = std::size_t{1} << 20;

  bool is_full() const { return count_ >= kMaxSpan; }

  // `id` is odd and above all before.
  void insert(std::int32_t id, Exchange* exchange) {
    const std::size_t number = number_of(id);
    if (count_ == 0) first_ = number;
    if (number - first_ >= slots_.size()) grow();
    slots_[number & (slots_.size() - 1)] = exchange;
    count_ = number - first_ + 1;
  }

  // nullptr if there is none.
  Exchange* find(std::int32_t id) const {
    const std::size_t number = number_of(id);
    if (id % 2 == 0 || number - first_ >= count_) return nullptr;
    return slots_[number & (slots_.size() - 1)];
  }

  void erase(std::int32_t id) {
    const std::size_t mask = slots_.size() - 1;
    slots_[number_of(id) & mask] = nullptr;
    for (; count_ > 0 && slots_[first_ & mask] == nullptr; --count_)
      ++first_;
  }

 private:
  static std::size_t number_of(std::int32_t id) { return static_cast<std::size_t>(id) / 2; }

  void grow() {
    std::vector<Exchange*> larger(2 * slots_.size());
    for (std::size_t i = first_; i < first_ + count_; ++i)
      larger[i & (larger.size() - 1)] = slots_[i & (slots_.size() - 1)];
    slots_.swap(larger);
  }

  // A power of two; the exchange of stream 2 n + 1 is at n modulo its size.
  std::vector<Exchange*> slots_ = std::vector<Exchange*>(16);
  std::size_t first_ = 0;
  std::size_t count_ = 0;  // from the first to the latest, with those between that have ended
};

}  // namespace h2load
