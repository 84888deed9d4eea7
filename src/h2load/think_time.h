// SPDX-License-Identifier: MIT
// How long a client waits before it goes on.
#pragma once

#include <chrono>

#include "h2load/random_stream.h"

namespace h2load {

struct ThinkTime {
  enum class Kind { constant, uniform, exponential };
  using Duration = std::chrono::nanoseconds;

  Kind kind = Kind::constant;
  Duration low{0};   // the time itself, the least or the mean
  Duration high{0};  // the most

  bool is_none() const { return kind == Kind::constant && low == Duration::zero(); }
  Duration draw(RandomStream& random) const;
};

}  // namespace h2load
