// SPDX-License-Identifier: MIT
// One of several, as often as its weight says.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "h2load/random_stream.h"

namespace h2load {

class WeightedChoice {
 public:
  // Number 0, 1 and so on. The sum of all weights must fit into 64 bits.
  void add(std::uint64_t weight) { sums_.push_back((sums_.empty() ? 0 : sums_.back()) + weight); }

  // Whether there is anything to choose.
  bool is_empty() const { return sums_.empty() || sums_.back() == 0; }

  std::size_t choose(RandomStream& random) const {
    if (sums_.size() == 1) return 0;
    const std::uint64_t point = random.below(sums_.back());
    return static_cast<std::size_t>(std::upper_bound(sums_.begin(), sums_.end(), point) -
                                    sums_.begin());
  }

 private:
  std::vector<std::uint64_t> sums_;
};

}  // namespace h2load
