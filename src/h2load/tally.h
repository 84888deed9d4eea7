// SPDX-License-Identifier: MIT
// How often each of a few texts has occurred, such as the names of error codes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace h2load {

class Tally {
 public:
  // Peers choose some of the texts: there are no more than this many, and one for all others.
  static constexpr std::size_t kMostTexts = 64;
  static constexpr std::string_view kOthers = "others";

  void add(std::string_view text, std::uint64_t count = 1);
  void merge(const Tally& other);

  bool empty() const { return counts_.empty(); }
  std::uint64_t total() const;
  std::uint64_t count(std::string_view text) const;
  const std::map<std::string, std::uint64_t, std::less<>>& counts() const { return counts_; }

 private:
  std::map<std::string, std::uint64_t, std::less<>> counts_;
};

}  // namespace h2load
