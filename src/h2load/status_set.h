// SPDX-License-Identifier: MIT
// Which statuses of a response are as they should be.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace h2load {

class StatusSet {
 public:
  // All below 400.
  StatusSet() {
    for (std::size_t status = 200; status < 400; ++status)
      statuses_.set(status);
  }

  static StatusSet none() {
    StatusSet set;
    set.statuses_.reset();
    return set;
  }

  bool contains(int status) const {
    return status >= 0 && static_cast<std::size_t>(status) < statuses_.size() &&
           statuses_[static_cast<std::size_t>(status)];
  }

  // False if that is no final status.
  bool add(std::uint64_t status) {
    if (status < 200 || status >= statuses_.size()) return false;
    statuses_.set(static_cast<std::size_t>(status));
    return true;
  }
  // "2xx" to "5xx".
  bool add(std::string_view text) {
    if (text.size() != 3 || text[0] < '2' || text[0] > '5') return false;
    const auto hundreds = static_cast<std::uint64_t>(text[0] - '0') * 100;
    if (text.substr(1) != "xx") return false;
    for (std::uint64_t i = 0; i < 100; ++i)
      add(hundreds + i);
    return true;
  }

 private:
  std::bitset<600> statuses_;
};

}  // namespace h2load
