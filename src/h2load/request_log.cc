// SPDX-License-Identifier: MIT
// A line for each request: --log-file.
#include "h2load/request_log.h"

#include <algorithm>

#include "base/text.h"

namespace h2load {

namespace {
constexpr std::size_t kWriteBytes = 64 * 1024;
}

RequestLog::RequestLog(int fd)
    : fd_(fd),
      clock_offset_(std::chrono::system_clock::now().time_since_epoch() -
                    net::Clock::now().time_since_epoch()) {}

void RequestLog::add(const Exchange& exchange, bool failed, TimePoint now) {
  using std::chrono::duration_cast;
  using std::chrono::microseconds;
  const auto begin =
      duration_cast<microseconds>(exchange.started.time_since_epoch() + clock_offset_);
  lines_ += std::to_string(begin.count());
  lines_ += '\t';
  lines_ += std::to_string(failed ? -1 : exchange.status);
  lines_ += '\t';
  lines_ += std::to_string(duration_cast<microseconds>(now - exchange.started).count());
  lines_ += '\n';
  if (lines_.size() >= kWriteBytes) write();
}

void RequestLog::write() {
  if (const auto done = base::write_all(fd_, base::as_bytes(lines_)); !done && error_.empty()) {
    error_ = done.error();
  }
  lines_.clear();
}

base::Result<void> RequestLog::finish() {
  if (!lines_.empty()) write();
  if (!error_.empty()) return base::Error{error_};
  return {};
}

}  // namespace h2load
