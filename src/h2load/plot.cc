// SPDX-License-Identifier: MIT
// A plot as SVG, to stand in a page that has styles for its classes.
#include "h2load/plot.h"

#include <algorithm>
#include <utility>

#include "base/svg.h"

namespace h2load {

namespace {

using base::svg_label;
using base::svg_number;
using base::svg_text;

constexpr double kWidth = 640;
constexpr double kHeight = 300;
constexpr double kLeft = 72;
constexpr double kRight = 606;
constexpr double kTop = 40;
constexpr double kBottom = 252;
constexpr double kLegendAt = 18;

std::string attribute(const char* name, double value) {
  return std::string(" ") + name + "=\"" + svg_number(value) + "\"";
}

std::string grid_line(double x1, double y1, double x2, double y2) {
  return "<line class=\"grid\"" + attribute("x1", x1) + attribute("y1", y1) + attribute("x2", x2) +
         attribute("y2", y2) + "/>\n";
}

}  // namespace

Plot::Plot(std::string_view id, std::string_view x_title, std::string_view y_title, Axis x, Axis y)
    : x_(std::move(x)), y_(std::move(y)), legend_end_(kLeft) {
  head_ = "<svg id=\"" + svg_text(id) + "\" class=\"plot\" viewBox=\"0 0 " + svg_number(kWidth) +
          " " + svg_number(kHeight) + "\" role=\"img\">\n";
  for (const Tick& tick : y_.ticks()) {
    head_ += grid_line(kLeft, y_of(tick.value), kRight, y_of(tick.value)) +
             svg_label("tick right", kLeft - 6, y_of(tick.value) + 4, tick.text);
  }
  for (const Tick& tick : x_.ticks()) {
    head_ += grid_line(x_of(tick.value), kTop, x_of(tick.value), kBottom) +
             svg_label("tick middle", x_of(tick.value), kBottom + 16, tick.text);
  }
  head_ += svg_label("axis middle", (kLeft + kRight) / 2, kHeight - 8, x_title) +
           svg_label("axis right", kRight, kLegendAt, y_title);
}

double Plot::x_of(double value) const {
  return kLeft + x_.place_of(value) * (kRight - kLeft);
}

double Plot::y_of(double value) const {
  return kBottom - y_.place_of(value) * (kBottom - kTop);
}

void Plot::add_legend(std::string_view css_class, std::string_view name) {
  legend_ += base::svg_box(std::string(css_class) + " key", legend_end_, kLegendAt - 9, 14, 10) +
             svg_label("name", legend_end_ + 20, kLegendAt, name);
  legend_end_ += 40 + 6.5 * static_cast<double>(name.size());
}

void Plot::add_line(std::string_view css_class, std::string_view name,
                    const std::vector<Point>& points) {
  if (points.empty()) return;
  std::string places;
  for (const Point& point : points)
    places +=
        (places.empty() ? "" : " ") + svg_number(x_of(point.x)) + "," + svg_number(y_of(point.y));
  content_ += "<polyline class=\"line " + std::string(css_class) + "\" points=\"" + places +
              "\"><title>" + svg_text(name) + "</title></polyline>\n";
  add_legend(css_class, name);
}

void Plot::add_bars(std::string_view css_class, std::string_view name,
                    const std::vector<Bar>& bars) {
  if (bars.empty()) return;
  for (const Bar& bar : bars) {
    if (bar.value <= 0) continue;
    // Whatever is there is seen.
    const double top = std::min(y_of(bar.value), kBottom - 1);
    const double width = std::max(x_of(bar.to) - x_of(bar.from), 0.5);
    content_ += "<rect class=\"bar " + std::string(css_class) + "\"" +
                attribute("x", x_of(bar.from)) + attribute("y", top) + attribute("width", width) +
                attribute("height", kBottom - top) + "><title>" + svg_text(bar.tooltip) +
                "</title></rect>\n";
  }
  add_legend(css_class, name);
}

std::string Plot::draw() const {
  return head_ + content_ + legend_ + "</svg>\n";
}

}  // namespace h2load
