// SPDX-License-Identifier: MIT
// The rules that the fields of a received section break (RFC 9113 §8.2 and §8.3).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "hpack_explain/block_decoder.h"
#include "trace/breaches.h"

namespace trace {

enum class SectionKind { response, trailers, promised_request };

// What the fields say that other rules need.
struct SectionFacts {
  std::optional<int> status;  // if it is a valid one
  bool is_head = false;       // the method of a request
  bool has_content_length = false;
  std::optional<std::uint64_t> content_length;  // if it is a valid one
};

SectionFacts check_fields(std::span<const hpack_explain::Step> steps, SectionKind kind,
                          Breaches& breaches);

}  // namespace trace
