// SPDX-License-Identifier: MIT
// A text as the input of the programs, in pieces.
#pragma once

#include <algorithm>
#include <memory>
#include <string>

#include "hpack_tools/byte_source.h"

namespace hpack_tools_test {

inline hpack_tools::ByteSource input_of(std::string text, std::size_t piece = SIZE_MAX) {
  auto rest = std::make_shared<std::string>(std::move(text));
  return hpack_tools::ByteSource([=](std::span<char> room) -> base::Result<std::size_t> {
    const std::size_t count = std::min({rest->size(), room.size(), piece});
    std::copy_n(rest->begin(), count, room.begin());
    rest->erase(0, count);
    return count;
  });
}

}  // namespace hpack_tools_test
