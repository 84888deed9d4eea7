// SPDX-License-Identifier: MIT
// How well the same fields are compressed with dynamic tables of different sizes.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "hpack_tools/block_encoder.h"

namespace hpack_tools {

// Each line ends with a newline.
class Comparison {
 public:
  static constexpr std::array<std::uint32_t, 9> kTableSizes = {0,    512,   1024,  2048, 4096,
                                                               8192, 16384, 32768, 65536};

  Comparison();

  std::string heading() const;
  // Encodes the next case with every table and returns its line.
  std::string add(std::span<const Field> fields);
  std::string total() const;

 private:
  using Octets = std::array<std::size_t, kTableSizes.size()>;

  std::vector<BlockEncoder> encoders_;
  std::size_t cases_ = 0;
  std::size_t input_ = 0;
  Octets output_ = {};
};

}  // namespace hpack_tools
