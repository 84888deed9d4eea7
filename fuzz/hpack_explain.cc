// SPDX-License-Identifier: MIT
// inflatehd's reader of representations and its second dynamic table say the same as the library,
// whatever the blocks and the table sizes (RFC 7541 §4 and §6).
#include <cstdint>
#include <cstdlib>
#include <span>

#include "hpack_explain/block_decoder.h"

namespace {

constexpr uint8_t kChangeTableSize = 0xff;

void check(bool holds) {
  if (!holds) std::abort();
}

// Whether another block can follow.
bool decode(hpack_explain::BlockDecoder& decoder, std::span<const uint8_t> block) {
  const hpack_explain::DecodedBlock out = decoder.decode(block);
  check(out.disagreement.empty());
  size_t end = 0;
  for (const hpack_explain::Step& step : out.steps) {
    check(step.representation.begin == end && step.representation.end > end);
    check(step.table.size <= step.table.max_size);
    end = step.representation.end;
  }
  if (!out.malformed) {
    check(end == block.size());
    return true;
  }
  check(out.malformed->offset <= block.size() && *out.malformed->section != 0);
  return false;
}

}  // namespace

// 0xff and an octet change the table size; any other octet is the length of the block behind it.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  hpack_explain::BlockDecoder decoder;
  std::span<const uint8_t> input(data, size);
  while (input.size() > 1) {
    const uint8_t first = input[0];
    input = input.subspan(1);
    if (first == kChangeTableSize) {
      decoder.change_table_size(input[0] * 32u);
      input = input.subspan(1);
      continue;
    }
    const size_t length = first < input.size() ? first : input.size();
    if (!decode(decoder, input.first(length))) break;
    input = input.subspan(length);
  }
  return 0;
}
