// SPDX-License-Identifier: MIT
// The axes of plots: where values go, and which of them are named.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace h2load {

struct Tick {
  double value;
  std::string text;
};

class Axis {
 public:
  // From nothing to at least `high`, with ticks at multiples of 1, 2 or 5 times a power of ten.
  static Axis linear(double high, const std::function<std::string(double)>& text);
  // Around what lies between `low` and `high`, both above 0.
  static Axis logarithmic(double low, double high, const std::function<std::string(double)>& text);
  // Percentiles, so that each further nine takes as much room as the one before: 90, 99, 99.9 ...
  // up to what `count` values can have.
  static Axis nines(double count);

  // Where a value is between the ends: 0 to 1.
  double place_of(double value) const;
  // The inverse.
  double value_at(double place) const;
  const std::vector<Tick>& ticks() const { return ticks_; }

 private:
  enum class Scale { linear, logarithmic, nines };
  Axis(Scale scale, double low, double high) : scale_(scale) {
    low_ = scaled(low);
    high_ = scaled(high);
  }
  double scaled(double value) const;

  Scale scale_;
  double low_ = 0;
  double high_ = 1;
  std::vector<Tick> ticks_;
};

}  // namespace h2load
