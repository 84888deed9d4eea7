// SPDX-License-Identifier: MIT
// The run second by second, put together from what each thread has measured.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <vector>

#include "h2load/histogram.h"
#include "h2load/result.h"

namespace h2load {

// One second of one thread.
struct Interval {
  std::chrono::nanoseconds length{0};
  Counts counts;
  std::uint64_t octets = 0;
  std::uint64_t in_flight = 0;
  std::uint64_t connections = 0;
  Histogram latency;

  void merge(const Interval& other);
};

// Called by all threads of the run.
class Timeline {
 public:
  // Gets each second once, in order, as soon as all threads have had it; one call at a time.
  using Sink = std::function<void(const Second&)>;

  Timeline(std::size_t threads, Sink sink);

  // The next second of a thread.
  void add(std::size_t thread, const Interval& interval);
  // The thread has no more of them.
  void finish(std::size_t thread);

  // All seconds; once every thread has finished.
  const std::vector<Second>& seconds() const { return seconds_; }

 private:
  void emit_complete();

  std::mutex mutex_;
  const Sink sink_;
  std::vector<std::uint64_t> next_;  // the next second of each thread
  // Those that not all threads have had.
  std::map<std::uint64_t, Interval> pending_;
  std::vector<Second> seconds_;
};

}  // namespace h2load
