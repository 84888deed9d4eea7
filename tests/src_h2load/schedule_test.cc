// SPDX-License-Identifier: MIT
#include "h2load/schedule.h"

#include <chrono>
#include <cmath>

#include "support/check.h"

namespace h2load {

using namespace std::chrono_literals;

namespace {
bool near(double a, double b) {
  return std::abs(a - b) < 1e-6;
}
}  // namespace

TEST(h2load_schedule, a_constant_rate_is_even) {
  const RateCourse course(200);
  CHECK(near(course.time_of(0), 0));
  CHECK(near(course.time_of(1), 0.005));
  CHECK(near(course.time_of(1000), 5));
}

// From 0 to 400 in 2 s are 400 requests; 400 a second follow for 1 s, and 0 to its end in 1 s.
TEST(h2load_schedule, a_ramp_goes_evenly) {
  const RateCourse course(0, {{400, 2s}, {400, 1s}, {0, 1s}});
  CHECK(near(course.time_of(100), 1));
  CHECK(near(course.time_of(400), 2));
  CHECK(near(course.time_of(600), 2.5));
  CHECK(near(course.time_of(800), 3));
  CHECK(near(course.time_of(950), 3.5));
  CHECK(near(course.time_of(1000), 4));
  CHECK(std::isinf(course.time_of(1001)));
}

TEST(h2load_schedule, timelines_of_equal_rates_are_shifted) {
  RateArrivals first(RateCourse(10), Arrival::constant, 0);
  RateArrivals second(RateCourse(10), Arrival::constant, 0.5);
  CHECK(near(first.next(), 0));
  CHECK(near(second.next(), 0.05));
  second.advance();
  CHECK(near(second.next(), 0.15));
}

TEST(h2load_schedule, arrivals_by_chance_keep_the_rate) {
  RateArrivals arrivals(RateCourse(1000), Arrival::poisson, 0);
  int short_gaps = 0;
  double before = 0;
  for (int i = 0; i < 20000; ++i) {
    if (arrivals.next() - before < 0.001 / 3) ++short_gaps;
    CHECK(arrivals.next() >= before);
    before = arrivals.next();
    arrivals.advance();
  }
  CHECK(before > 19 && before < 21);
  // 1 - exp(-1/3) of all gaps.
  CHECK(short_gaps > 5200 && short_gaps < 6200);
}

TEST(h2load_schedule, a_script_ends) {
  const std::vector<double> offsets = {0, 0.5};
  ScriptArrivals arrivals(offsets);
  CHECK(near(arrivals.next(), 0));
  arrivals.advance();
  CHECK(near(arrivals.next(), 0.5));
  arrivals.advance();
  CHECK(std::isinf(arrivals.next()));
}

TEST(h2load_schedule, says_why_requests_are_late) {
  Rate rate;
  Schedule schedule(std::make_unique<RateArrivals>(RateCourse(100), Arrival::constant, 0), rate);
  const TimePoint begin = TimePoint(1h);
  schedule.begin(begin);
  CHECK(schedule.is_due(begin));
  CHECK(schedule.take(begin) == begin);
  CHECK(!schedule.is_due(begin + 9ms));
  CHECK(schedule.take(begin + 12ms) == begin + 10ms);  // nothing was in the way
  schedule.set_obstacle(Obstacle::stream);
  schedule.set_obstacle(Obstacle::connection);  // what came first counts
  CHECK(schedule.take(begin + 30ms) == begin + 20ms);
  schedule.set_obstacle(Obstacle::none);
  schedule.set_obstacle(Obstacle::connection);
  schedule.end(begin + 55ms);
  CHECK_EQ(rate.started, 3);
  CHECK_EQ(rate.due, 6);
  CHECK_EQ(rate.late_by_generator, 1);
  CHECK_EQ(rate.late_for_stream, 1);
  CHECK_EQ(rate.late_for_connection, 3);
  CHECK_EQ(rate.delay.count(), 3);
}

TEST(h2load_schedule, the_warm_up_does_not_count) {
  Rate rate;
  Schedule schedule(std::make_unique<RateArrivals>(RateCourse(100), Arrival::constant, 0), rate);
  const TimePoint begin = TimePoint(1h);
  schedule.begin(begin);
  schedule.begin_counting(begin + 15ms);
  schedule.take(begin);
  schedule.take(begin + 10ms);
  schedule.take(begin + 20ms);
  CHECK_EQ(rate.due, 1);
}

}  // namespace h2load
