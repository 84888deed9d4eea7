// SPDX-License-Identifier: MIT
#include "h2load/timeline.h"

#include <thread>
#include <vector>

#include "support/check.h"

namespace {

using namespace h2load;
using namespace std::chrono_literals;

Interval interval(std::uint64_t n) {
  Interval made;
  made.length = 1s;
  made.counts.done = n;
  made.octets = 2 * n;
  made.in_flight = 3 * n;
  made.connections = 4 * n;
  for (std::uint64_t i = 1; i <= n; ++i)
    made.latency.record(std::chrono::nanoseconds(i));
  return made;
}

TEST(h2load_timeline, a_second_is_told_when_all_threads_have_had_it) {
  std::vector<Second> told;
  Timeline timeline(2, [&](const Second& second) { told.push_back(second); });
  timeline.add(0, interval(10));
  timeline.add(0, interval(20));
  CHECK(told.empty());
  timeline.add(1, interval(1000));
  REQUIRE(told.size() == 1);
  CHECK_EQ(told[0].index, 0);
  CHECK(told[0].length == 1s);
  CHECK_EQ(told[0].counts.done, 1010);
  CHECK_EQ(told[0].octets, 2020);
  CHECK_EQ(told[0].in_flight, 3030);
  CHECK_EQ(told[0].connections, 4040);
  CHECK_EQ(told[0].median, 495);
  CHECK_EQ(told[0].percentile_90, 899);
  CHECK_EQ(told[0].percentile_99, 990);
  CHECK_EQ(told[0].max, 1000);
}

TEST(h2load_timeline, a_thread_that_has_finished_holds_nothing_up) {
  std::vector<std::uint64_t> told;
  Timeline timeline(2, [&](const Second& second) { told.push_back(second.counts.done); });
  timeline.add(0, interval(1));
  timeline.add(0, interval(2));
  timeline.finish(1);
  CHECK(told == std::vector<std::uint64_t>({1, 2}));
  timeline.add(0, interval(3));
  timeline.finish(0);
  CHECK(told == std::vector<std::uint64_t>({1, 2, 3}));
  CHECK_EQ(timeline.seconds().size(), 3);
}

TEST(h2load_timeline, threads_may_run_at_once) {
  std::uint64_t told = 0;
  Timeline timeline(4, [&](const Second&) { ++told; });
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < 4; ++i) {
    threads.emplace_back([&timeline, i] {
      for (std::uint64_t second = 0; second < 5 + i; ++second)
        timeline.add(i, interval(1));
      timeline.finish(i);
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  CHECK_EQ(told, 8);
  CHECK_EQ(timeline.seconds()[4].counts.done, 4);
  CHECK_EQ(timeline.seconds()[7].counts.done, 1);
}

}  // namespace
