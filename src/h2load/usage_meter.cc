// SPDX-License-Identifier: MIT
// Whether a thread of the generator has had time left.
#include "h2load/usage_meter.h"

#include <cmath>
#include <ctime>
#include <string>

#include "base/file.h"
#include "base/number.h"
#include "base/text.h"

namespace h2load {

namespace {

// A thread that had nothing to do for less than a twentieth of the time was the limit.
constexpr double kBusy = 0.95;
// Requests that the generator starts late: more than this part of them distorts the figures.
constexpr double kLate = 0.01;
// What is shorter says nothing.
constexpr double kLeastSeconds = 0.5;

std::string percent(double share) {
  return std::to_string(std::lround(share * 100)) + "%";
}

}  // namespace

UsageMeter::Times UsageMeter::read() {
  Times times;
  timespec used{};
  if (::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used) == 0) {
    times.running = std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
  }
  // Time on a processor, time waiting for one, number of slices; not every kernel keeps it.
  const auto text = base::read_file("/proc/thread-self/schedstat", 256);
  if (!text) return times;
  const auto parts = base::split_list(*text, ' ');
  const auto waiting = parts.size() < 2 ? std::nullopt : base::parse_unsigned(parts[1]);
  if (waiting) times.waiting = std::chrono::nanoseconds(*waiting);
  return times;
}

void UsageMeter::begin() {
  before_ = read();
  began_ = net::Clock::now();
}

void UsageMeter::end(Result& result) const {
  if (began_ == net::Clock::time_point{}) return;
  const Times now = read();
  const double seconds = std::chrono::duration<double>(net::Clock::now() - began_).count();
  if (seconds <= 0) return;
  const double running =
      std::chrono::duration<double>(now.running - before_.running).count() / seconds;
  const double waiting =
      std::chrono::duration<double>(now.waiting - before_.waiting).count() / seconds;
  result.generator.thread_use.push_back(running);
  if (seconds < kLeastSeconds) return;
  const std::string name = "thread #" + std::to_string(thread_);
  if (running >= kBusy) {
    result.generator.limits.push_back(name + " used " + percent(running) + " of a processor");
  } else if (running + waiting >= kBusy) {
    result.generator.limits.push_back(name + " used " + percent(running) +
                                      " of a processor and waited for one " + percent(waiting) +
                                      " of the time");
  }
  const Rate& rate = result.rate;
  const auto late = static_cast<double>(rate.late_by_generator);
  if (rate.due > 0 && late > kLate * static_cast<double>(rate.due)) {
    result.generator.limits.push_back(name + " started " +
                                      percent(late / static_cast<double>(rate.due)) +
                                      " of the requests late");
  }
}

}  // namespace h2load
