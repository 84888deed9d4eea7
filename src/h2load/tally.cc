// SPDX-License-Identifier: MIT
// How often each of a few texts has occurred, such as the names of error codes.
#include "h2load/tally.h"

namespace h2load {

void Tally::add(std::string_view text, std::uint64_t count) {
  if (count == 0) return;
  auto place = counts_.find(text);
  if (place == counts_.end()) {
    const bool is_full = counts_.size() - counts_.count(kOthers) >= kMostTexts;
    place = counts_.try_emplace(std::string(is_full ? kOthers : text), 0).first;
  }
  place->second += count;
}

void Tally::merge(const Tally& other) {
  for (const auto& [text, count] : other.counts_)
    add(text, count);
}

std::uint64_t Tally::total() const {
  std::uint64_t sum = 0;
  for (const auto& [text, count] : counts_)
    sum += count;
  return sum;
}

std::uint64_t Tally::count(std::string_view text) const {
  const auto place = counts_.find(text);
  return place == counts_.end() ? 0 : place->second;
}

}  // namespace h2load
