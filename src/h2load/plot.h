// SPDX-License-Identifier: MIT
// A plot as SVG, to stand in a page that has styles for its classes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "h2load/axis.h"

namespace h2load {

struct Point {
  double x = 0;
  double y = 0;
};

struct Bar {
  double from = 0;
  double to = 0;
  double value = 0;
  std::string tooltip;
};

class Plot {
 public:
  // `id` is that of its element. x_title and y_title say what the axes are.
  Plot(std::string_view id, std::string_view x_title, std::string_view y_title, Axis x, Axis y);

  // The class gives the colour; `name` stands in the legend.
  void add_line(std::string_view css_class, std::string_view name,
                const std::vector<Point>& points);
  void add_bars(std::string_view css_class, std::string_view name, const std::vector<Bar>& bars);

  std::string draw() const;

 private:
  double x_of(double value) const;
  double y_of(double value) const;
  void add_legend(std::string_view css_class, std::string_view name);

  std::string head_;
  Axis x_;
  Axis y_;
  std::string content_;
  std::string legend_;
  double legend_end_;
};

}  // namespace h2load
