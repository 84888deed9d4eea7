// SPDX-License-Identifier: MIT
// The line that shows on a terminal how the run is going.
#include "h2load/live_line.h"

#include "h2load/units.h"

namespace h2load {

std::string format_live(const Second& second, std::size_t columns) {
  const double length = std::chrono::duration<double>(second.length).count();
  const double rate = length > 0 ? static_cast<double>(second.counts.done) / length : 0;
  const auto duration = [](Histogram::Value value) {
    return duration_text(static_cast<double>(value));
  };
  std::string line = std::to_string(second.index + 1) + "s: " + decimal_text(rate, 0) + " req/s, " +
                     std::to_string(second.in_flight) + " in flight, " +
                     std::to_string(second.counts.failed) + " failed; 50% " +
                     duration(second.median) + ", 90% " + duration(second.percentile_90) +
                     ", 99% " + duration(second.percentile_99) + ", max " + duration(second.max);
  if (line.size() > columns) line.resize(columns);
  return line;
}

}  // namespace h2load
