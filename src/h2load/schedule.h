// SPDX-License-Identifier: MIT
// When requests are to start, whatever becomes of those before: an open model of load.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>
#include <random>
#include <vector>

#include "h2load/config.h"
#include "h2load/exchange.h"
#include "h2load/result.h"

namespace h2load {

// A rate over time, in stages of which each goes evenly from one rate to the next.
class RateCourse {
 public:
  explicit RateCourse(double rate, const std::vector<RampStage>& ramp = {});

  // After how many seconds this many requests are due; infinite if that never happens.
  double time_of(double requests) const;
  // How many are due after this many seconds.
  double requests_until(double seconds) const;

 private:
  struct Stage {
    double from, to;  // requests a second
    double seconds;   // infinite for the last one
    double requests;  // that become due in it
  };
  std::vector<Stage> stages_;
};

// When requests are to start, one after the other.
class Arrivals {
 public:
  virtual ~Arrivals() = default;
  // In seconds since its beginning; infinite after the last one.
  virtual double next() const = 0;
  virtual void advance() = 0;
};

class RateArrivals final : public Arrivals {
 public:
  // `phase`, 0 to 1, shifts those of equal rates against each other.
  RateArrivals(RateCourse course, Arrival arrival, double phase);
  double next() const override { return next_; }
  void advance() override;

 private:
  RateCourse course_;
  Arrival arrival_;
  double requests_;
  double next_ = 0;
  std::mt19937_64 random_;
};

class ScriptArrivals final : public Arrivals {
 public:
  explicit ScriptArrivals(const std::vector<double>& offsets) : offsets_(offsets) {}
  double next() const override {
    return index_ < offsets_.size() ? offsets_[index_] : std::numeric_limits<double>::infinity();
  }
  void advance() override { ++index_; }

 private:
  const std::vector<double>& offsets_;
  std::size_t index_ = 0;
};

// What keeps a request that is due from starting.
enum class Obstacle { none, stream, connection };

// Arrivals in progress. How far it is kept goes into a Rate.
class Schedule {
 public:
  Schedule(std::unique_ptr<Arrivals> arrivals, Rate& rate);

  void begin(TimePoint now) { begin_ = now; }
  TimePoint next() const;
  bool is_due(TimePoint now) const { return next() <= now; }
  // Whether what is due can start now.
  void set_obstacle(Obstacle obstacle) {
    if (obstacle_ == Obstacle::none || obstacle == Obstacle::none) obstacle_ = obstacle;
  }
  // Takes the next one, which starts now, and says when it should have.
  TimePoint take(TimePoint now);
  // Counts from now on, but not what was due before.
  void begin_counting(TimePoint now) { counting_since_ = now; }
  // Counts what was due until now and has not started.
  void end(TimePoint now);

 private:
  void count_late();

  std::unique_ptr<Arrivals> arrivals_;
  Rate& rate_;
  TimePoint begin_;
  TimePoint counting_since_;
  Obstacle obstacle_ = Obstacle::none;
};

}  // namespace h2load
