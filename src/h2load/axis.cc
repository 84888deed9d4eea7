// SPDX-License-Identifier: MIT
// The axes of plots: where values go, and which of them are named.
#include "h2load/axis.h"

#include <algorithm>
#include <cmath>

#include "h2load/units.h"

namespace h2load {

namespace {

constexpr double kMostLinearTicks = 6;
constexpr double kMostNines = 6;

}  // namespace

double Axis::scaled(double value) const {
  switch (scale_) {
    case Scale::linear: return value;
    case Scale::logarithmic: return std::log10(std::max(value, 1e-9));
    case Scale::nines: return -std::log10(std::max(1 - value / 100, 1e-12));
  }
  return value;
}

double Axis::place_of(double value) const {
  return std::clamp((scaled(value) - low_) / (high_ - low_), 0.0, 1.0);
}

double Axis::value_at(double place) const {
  const double value = low_ + place * (high_ - low_);
  switch (scale_) {
    case Scale::linear: return value;
    case Scale::logarithmic: return std::pow(10.0, value);
    case Scale::nines: return 100 * (1 - std::pow(10.0, -value));
  }
  return value;
}

Axis Axis::linear(double high, const std::function<std::string(double)>& text) {
  high = std::max(high, 1e-9);
  double step = std::pow(10.0, std::floor(std::log10(high / kMostLinearTicks)));
  for (const double factor : {2.0, 2.5, 2.0}) {
    if (high / step <= kMostLinearTicks) break;
    step *= factor;
  }
  const double steps = std::ceil(high / step - 1e-9);
  Axis axis(Scale::linear, 0, steps * step);
  for (double i = 0; i <= steps; ++i)
    axis.ticks_.push_back({i * step, text(i * step)});
  return axis;
}

Axis Axis::logarithmic(double low, double high, const std::function<std::string(double)>& text) {
  low = std::max(low, 1e-6) / 1.1;
  high = std::max(high, low) * 1.1;
  Axis axis(Scale::logarithmic, low, high);
  const double decades = axis.high_ - axis.low_;
  for (double decade = std::floor(axis.low_); decade <= axis.high_; ++decade) {
    for (const double digit : {1.0, 2.0, 5.0}) {
      const double value = digit * std::pow(10.0, decade);
      if (value < low || value > high || (digit > 1 && decades > 2.5)) continue;
      axis.ticks_.push_back({value, text(value)});
    }
  }
  return axis;
}

Axis Axis::nines(double count) {
  const double most = std::clamp(std::ceil(std::log10(std::max(count, 1.0))), 2.0, kMostNines);
  Axis axis(Scale::nines, 0, 100 * (1 - std::pow(10.0, -most)));
  axis.ticks_ = {{0, "0%"}, {50, "50%"}};
  for (double nines = 1; nines <= most; ++nines) {
    const double value = 100 * (1 - std::pow(10.0, -nines));
    axis.ticks_.push_back({value, percentile_name(value) + "%"});
  }
  return axis;
}

}  // namespace h2load
