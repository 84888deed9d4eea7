// SPDX-License-Identifier: MIT
// A line for each request: --log-file.
#pragma once

#include <chrono>
#include <string>

#include "base/file.h"
#include "base/result.h"
#include "h2load/exchange.h"

namespace h2load {

// One thread's lines, gathered: the file gets whole lines of each thread.
class RequestLog {
 public:
  // `fd` is shared by all threads and opened for appending.
  explicit RequestLog(int fd);

  // Microseconds since 1970 when it began, its status or -1, microseconds until its end.
  void add(const Exchange& exchange, bool failed, TimePoint now);
  // What could not be written, if anything.
  base::Result<void> finish();

 private:
  void write();

  int fd_;
  std::chrono::nanoseconds clock_offset_;  // from the steady clock to that of the day
  std::string lines_;
  std::string error_;
};

}  // namespace h2load
