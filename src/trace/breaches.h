// SPDX-License-Identifier: MIT
// The rules that one frame breaks.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "trace/rules.h"

namespace trace {

// Each rule once, with what breaks it first.
class Breaches {
 public:
  void add(const Rule& rule, std::string detail = {}) {
    const auto is_same = [&rule](const Breach& one) { return one.name == rule.name; };
    if (std::any_of(list_.begin(), list_.end(), is_same)) return;
    list_.emplace_back(rule, std::move(detail));
  }
  void add_if(bool is_broken, const Rule& rule, std::string detail = {}) {
    if (is_broken) add(rule, std::move(detail));
  }

  const std::vector<Breach>& list() const { return list_; }

 private:
  std::vector<Breach> list_;
};

}  // namespace trace
