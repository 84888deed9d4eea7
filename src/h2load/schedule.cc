// SPDX-License-Identifier: MIT
// When requests are to start, whatever becomes of those before.
#include "h2load/schedule.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace h2load {

namespace {

constexpr double kForever = std::numeric_limits<double>::infinity();
// The least delay that is worth a word.
constexpr std::chrono::milliseconds kLate{1};
// Beyond this, durations in nanoseconds would overflow; nobody waits for as long.
constexpr double kLongestSeconds = 1e9;

}  // namespace

RateCourse::RateCourse(double rate, const std::vector<RampStage>& ramp) {
  for (const RampStage& stage : ramp) {
    const double seconds = std::chrono::duration<double>(stage.duration).count();
    stages_.push_back({rate, stage.rate, seconds, (rate + stage.rate) / 2 * seconds});
    rate = stage.rate;
  }
  stages_.push_back({rate, rate, kForever, rate > 0 ? kForever : 0});
}

double RateCourse::time_of(double requests) const {
  double seconds = 0;
  for (const Stage& stage : stages_) {
    if (requests > stage.requests) {
      requests -= stage.requests;
      seconds += stage.seconds;
      continue;
    }
    if (requests <= 0) return seconds;
    if (stage.from == stage.to) return seconds + requests / stage.from;
    // from t + (to - from) t^2 / (2 T) = requests, in the form that does not cancel out.
    const double slope = (stage.to - stage.from) / stage.seconds;
    const double root = std::sqrt(std::max(stage.from * stage.from + 2 * slope * requests, 0.0));
    return seconds + 2 * requests / (stage.from + root);
  }
  return kForever;
}

double RateCourse::requests_until(double seconds) const {
  double requests = 0;
  for (const Stage& stage : stages_) {
    const double t = std::min(seconds, stage.seconds);
    const double slope = stage.seconds == kForever ? 0 : (stage.to - stage.from) / stage.seconds;
    requests += stage.from * t + slope * t * t / 2;
    seconds -= t;
    if (seconds <= 0) break;
  }
  return requests;
}

RateArrivals::RateArrivals(RateCourse course, Arrival arrival, double phase)
    : course_(std::move(course)),
      arrival_(arrival),
      requests_(phase),
      random_(std::random_device{}()) {
  if (arrival_ == Arrival::poisson) {
    requests_ = 0;
    advance();
  } else {
    next_ = course_.time_of(requests_);
  }
}

void RateArrivals::advance() {
  requests_ += arrival_ == Arrival::constant ? 1 : std::exponential_distribution<>(1)(random_);
  next_ = course_.time_of(requests_);
}

Schedule::Schedule(std::unique_ptr<Arrivals> arrivals, Rate& rate)
    : arrivals_(std::move(arrivals)), rate_(rate) {}

TimePoint Schedule::next() const {
  const double seconds = arrivals_->next();
  if (seconds > kLongestSeconds) return TimePoint::max();
  return begin_ +
         std::chrono::duration_cast<TimePoint::duration>(std::chrono::duration<double>(seconds));
}

TimePoint Schedule::take(TimePoint now) {
  const TimePoint intended = next();
  arrivals_->advance();
  if (intended < counting_since_) return intended;
  ++rate_.due;
  ++rate_.started;
  rate_.delay.record(now - intended);
  if (now - intended > kLate) count_late();
  return intended;
}

void Schedule::count_late() {
  switch (obstacle_) {
    case Obstacle::none: ++rate_.late_by_generator; break;
    case Obstacle::stream: ++rate_.late_for_stream; break;
    case Obstacle::connection: ++rate_.late_for_connection; break;
  }
}

void Schedule::end(TimePoint now) {
  for (; next() < now; arrivals_->advance()) {
    if (next() < counting_since_) continue;
    ++rate_.due;
    count_late();
  }
}

}  // namespace h2load
