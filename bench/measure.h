// SPDX-License-Identifier: MIT
// Times a piece of work and prints the result as one JSON object on a line.
#pragma once

#include <cstdio>
#include <ctime>

namespace bench {

inline double cpu_nanoseconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return double(now.tv_sec) * 1e9 + double(now.tv_nsec);
}

// Runs the work, which performs so many operations, several times and returns the nanoseconds per
// operation of the fastest run: what disturbs a run only ever makes it slower.
template <typename Work>
double measure(double operations, Work work) {
  constexpr int kRuns = 9;
  double best = 0;
  for (int run = 0; run < kRuns; ++run) {
    const double start = cpu_nanoseconds();
    work();
    const double elapsed = (cpu_nanoseconds() - start) / operations;
    if (run == 0 || elapsed < best) best = elapsed;
  }
  return best;
}

inline void print(const char* name, const char* unit, double nanoseconds, double octets) {
  std::printf("{\"name\": \"%s\", \"unit\": \"%s\", \"ns\": %.2f, \"octets\": %.2f}\n", name, unit,
              nanoseconds, octets);
}

}  // namespace bench
