// SPDX-License-Identifier: MIT
// Whether a thread of the generator has had time left, or was the limit of what it measured.
#pragma once

#include <chrono>

#include "h2load/result.h"
#include "net/loop.h"

namespace h2load {

// All calls come from the thread that is measured.
class UsageMeter {
 public:
  explicit UsageMeter(unsigned thread) : thread_(thread) {}

  void begin();
  // Says in the result how much of a processor the thread has used, and whether that, or being
  // late, means that it was the limit.
  void end(Result& result) const;

 private:
  struct Times {
    std::chrono::nanoseconds running{0};
    std::chrono::nanoseconds waiting{0};  // for a processor
  };
  static Times read();

  const unsigned thread_;
  Times before_;
  net::Clock::time_point began_;
};

}  // namespace h2load
