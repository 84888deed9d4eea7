// SPDX-License-Identifier: MIT
// Whether one result is worse than another: --compare.
#pragma once

#include <string>
#include <vector>

#include "h2load/bootstrap.h"
#include "h2load/result.h"

namespace h2load {

enum class Judgement {
  none,     // shown only: it says too little, or follows from the settings
  better,   // by more than the threshold, surely
  similar,  // within the threshold, surely
  unclear,  // the interval is too wide to say
  worse     // by more than the threshold, surely
};

// A figure of both results.
struct Comparison {
  std::string name;
  double a = 0;
  double b = 0;
  Range range_a;
  Range range_b;
  // How much more b is: a part of a, or the difference of two shares.
  double change = 0;
  Range range_change;
  bool has_ranges = true;
  std::string (*text)(double) = nullptr;
  Judgement judgement = Judgement::none;
};

// A result and what messages call it.
struct NamedResult {
  std::string name;
  Result result;
};

// A change counts from `threshold` on, a part of one. The same results give the same intervals.
std::vector<Comparison> compare(const Result& a, const Result& b, double threshold);

bool is_worse(const std::vector<Comparison>& comparisons);

std::string format_comparison(const NamedResult& a, const NamedResult& b,
                              const std::vector<Comparison>& comparisons, double threshold);

}  // namespace h2load
