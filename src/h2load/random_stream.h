// SPDX-License-Identifier: MIT
// Random numbers that come again when the seed does, on any machine.
#pragma once

#include <cstdint>

namespace h2load {

// SplitMix64: eight octets a client, and any two seeds are far from each other.
class RandomStream {
 public:
  explicit RandomStream(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15;
    return mix(state_);
  }
  // Uniform in [0, bound); bound must not be 0.
  std::uint64_t below(std::uint64_t bound) {
    // Values from the incomplete last interval of `bound` would favour small results.
    const std::uint64_t remainder = (0 - bound) % bound;
    std::uint64_t value = next();
    while (value < remainder)
      value = next();
    return value % bound;
  }
  // Uniform in [0, 1).
  double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }

  // A seed of its own for number `index`.
  static std::uint64_t derive(std::uint64_t seed, std::uint64_t index) {
    return mix(mix(seed + 0x9e3779b97f4a7c15) + index);
  }

 private:
  static std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  std::uint64_t state_;
};

}  // namespace h2load
