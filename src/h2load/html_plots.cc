// SPDX-License-Identifier: MIT
// The plots of the HTML report.
#include "h2load/html_plots.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "h2load/plot.h"
#include "h2load/units.h"

namespace h2load {

namespace {

// Points of a line, and bars, are no more than there is room for.
constexpr std::size_t kMostPoints = 400;
constexpr double kBarsPerDecade = 20;

std::string short_duration(double nanoseconds) {
  const auto text = [](double value, const char* unit) { return percentile_name(value) + unit; };
  if (nanoseconds >= 1e9) return text(nanoseconds / 1e9, "s");
  if (nanoseconds >= 1e6) return text(nanoseconds / 1e6, "ms");
  if (nanoseconds >= 1e3) return text(nanoseconds / 1e3, "us");
  return text(nanoseconds, "ns");
}

std::string short_number(double value) {
  return percentile_name(value);
}

std::vector<Point> percentile_points(const Histogram& histogram, const Axis& axis) {
  std::vector<Point> points;
  if (histogram.empty()) return points;
  for (std::size_t i = 0; i <= kMostPoints; ++i) {
    const double percentile =
        axis.value_at(static_cast<double>(i) / static_cast<double>(kMostPoints));
    points.push_back({percentile, static_cast<double>(histogram.percentile(percentile))});
  }
  points.push_back({100, static_cast<double>(histogram.max())});
  return points;
}

double smallest(const Histogram& a, const Histogram& b) {
  if (a.empty() || b.empty()) return static_cast<double>(a.empty() ? b.min() : a.min());
  return static_cast<double>(std::min(a.min(), b.min()));
}

// One point of a plot over time: one or more seconds.
struct Stretch {
  double at = 0;  // its middle, in seconds
  double length = 0;
  Second sum;
};

std::vector<Stretch> stretches_of(const std::vector<Second>& seconds) {
  const std::size_t group = seconds.size() / kMostPoints + 1;
  std::vector<Stretch> stretches;
  for (std::size_t i = 0; i < seconds.size(); i += group) {
    Stretch stretch;
    stretch.sum = seconds[i];
    stretch.sum.length = {};
    for (std::size_t n = i; n < std::min(i + group, seconds.size()); ++n) {
      if (n > i) stretch.sum.merge(seconds[n]);
      stretch.length += std::chrono::duration<double>(seconds[n].length).count();
    }
    if (stretch.length <= 0) continue;
    stretch.at = static_cast<double>(seconds[i].index) + stretch.length / 2;
    stretches.push_back(stretch);
  }
  // The rest of a second may be so short that its rate says nothing.
  if (stretches.size() > 1 && stretches.back().length < 0.5) stretches.pop_back();
  return stretches;
}

double end_of(const std::vector<Stretch>& stretches) {
  return stretches.back().at + stretches.back().length / 2;
}

double per_second(std::uint64_t count, const Stretch& stretch) {
  return static_cast<double>(count) / stretch.length;
}

}  // namespace

std::string latency_by_percentile(const Result& result) {
  const Histogram& request = result.latencies.request;
  const Histogram& uncorrected = result.latencies.request_uncorrected;
  if (request.empty()) return {};
  const bool is_corrected = result.rate.is_given() && !uncorrected.empty();
  const Axis x = Axis::nines(static_cast<double>(request.count()));
  const double low = is_corrected ? smallest(request, uncorrected) : smallest(request, request);
  const auto high = static_cast<double>(is_corrected ? std::max(request.max(), uncorrected.max())
                                                     : request.max());
  Plot plot("latency-by-percentile", "percentile of requests", "time for request", x,
            Axis::logarithmic(low, high, short_duration));
  plot.add_line("first", is_corrected ? "from intended start" : "request",
                percentile_points(request, x));
  if (is_corrected) plot.add_line("second", "as sent", percentile_points(uncorrected, x));
  return plot.draw();
}

std::string latency_histogram(const Result& result) {
  const Histogram& request = result.latencies.request;
  if (request.empty()) return {};
  const auto bin_of = [](Histogram::Value value) {
    return std::floor(std::log10(static_cast<double>(std::max<Histogram::Value>(value, 1))) *
                      kBarsPerDecade);
  };
  const auto bound = [](double bin) { return std::pow(10.0, bin / kBarsPerDecade); };
  const double first = bin_of(request.min());
  std::vector<Bar> bars(static_cast<std::size_t>(bin_of(request.max()) - first) + 1);
  request.for_each([&](Histogram::Value lowest, Histogram::Value, std::uint64_t count) {
    const double bin = std::max(bin_of(lowest) - first, 0.0);
    bars[static_cast<std::size_t>(bin)].value += static_cast<double>(count);
  });
  double most = 0;
  for (std::size_t i = 0; i < bars.size(); ++i) {
    Bar& bar = bars[i];
    bar.from = bound(first + static_cast<double>(i));
    bar.to = bound(first + static_cast<double>(i) + 1);
    bar.tooltip = duration_text(bar.from) + " to " + duration_text(bar.to) + ": " +
                  decimal_text(bar.value, 0) + " requests";
    most = std::max(most, bar.value);
  }
  Plot plot("latency-histogram", "time for request", "requests",
            Axis::logarithmic(bars.front().from, bars.back().to, short_duration),
            Axis::linear(most, short_number));
  plot.add_bars("first", "requests", bars);
  return plot.draw();
}

std::string rate_over_time(const Result& result) {
  const std::vector<Stretch> stretches = stretches_of(result.seconds);
  if (stretches.empty()) return {};
  std::vector<Point> done;
  std::vector<Bar> failed;
  double most = result.rate.intended;
  for (const Stretch& stretch : stretches) {
    done.push_back({stretch.at, per_second(stretch.sum.counts.done, stretch)});
    const double failures = per_second(stretch.sum.counts.failed, stretch);
    failed.push_back({stretch.at - stretch.length / 2, stretch.at + stretch.length / 2, failures,
                      "second " + std::to_string(stretch.sum.index) + ": " +
                          decimal_text(failures) + " failures a second"});
    most = std::max({most, done.back().y, failures});
  }
  Plot plot("rate-over-time", "seconds", "requests a second",
            Axis::linear(end_of(stretches), short_number), Axis::linear(most, short_number));
  plot.add_bars("bad", "failed", failed);
  if (result.rate.is_given()) {
    plot.add_line("wanted", "intended, mean",
                  {{0, result.rate.intended}, {end_of(stretches), result.rate.intended}});
  }
  plot.add_line("first", "done", done);
  return plot.draw();
}

std::string latency_over_time(const Result& result) {
  std::vector<Stretch> stretches = stretches_of(result.seconds);
  std::erase_if(stretches, [](const Stretch& stretch) { return stretch.sum.counts.done == 0; });
  if (stretches.empty()) return {};
  struct Line {
    const char* css_class;
    const char* name;
    Histogram::Value Second::*value;
  };
  constexpr Line kLines[] = {{"fourth", "max", &Second::max},
                             {"third", "99%", &Second::percentile_99},
                             {"second", "90%", &Second::percentile_90},
                             {"first", "50%", &Second::median}};
  double low = 1e18;
  double high = 0;
  for (const Stretch& stretch : stretches) {
    low = std::min(low, static_cast<double>(stretch.sum.median));
    high = std::max(high, static_cast<double>(stretch.sum.max));
  }
  Plot plot("latency-over-time", "seconds", "time for request",
            Axis::linear(end_of(stretches), short_number),
            Axis::logarithmic(low, high, short_duration));
  for (const Line& line : kLines) {
    std::vector<Point> points;
    for (const Stretch& stretch : stretches)
      points.push_back({stretch.at, static_cast<double>(stretch.sum.*line.value)});
    plot.add_line(line.css_class, line.name, points);
  }
  return plot.draw();
}

}  // namespace h2load
