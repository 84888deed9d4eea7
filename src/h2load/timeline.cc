// SPDX-License-Identifier: MIT
// The run second by second, put together from what each thread has measured.
#include "h2load/timeline.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace h2load {

void Interval::merge(const Interval& other) {
  length = std::max(length, other.length);
  counts.merge(other.counts);
  octets += other.octets;
  in_flight += other.in_flight;
  connections += other.connections;
  latency.merge(other.latency);
}

Timeline::Timeline(std::size_t threads, Sink sink) : sink_(std::move(sink)), next_(threads) {}

void Timeline::add(std::size_t thread, const Interval& interval) {
  const std::lock_guard lock(mutex_);
  pending_[next_[thread]++].merge(interval);
  emit_complete();
}

void Timeline::finish(std::size_t thread) {
  const std::lock_guard lock(mutex_);
  next_[thread] = std::numeric_limits<std::uint64_t>::max();
  emit_complete();
}

void Timeline::emit_complete() {
  const std::uint64_t complete = *std::min_element(next_.begin(), next_.end());
  while (!pending_.empty() && pending_.begin()->first < complete) {
    const auto& [index, interval] = *pending_.begin();
    const Histogram& latency = interval.latency;
    seconds_.push_back({index, interval.length, interval.counts, interval.octets,
                        interval.in_flight, interval.connections, latency.percentile(50),
                        latency.percentile(90), latency.percentile(99), latency.max()});
    pending_.erase(pending_.begin());
    if (sink_) sink_(seconds_.back());
  }
}

}  // namespace h2load
