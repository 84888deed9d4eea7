// SPDX-License-Identifier: MIT
// The file that gets a line for every request (--access-log), and each thread's way into it.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"
#include "net/loop.h"
#include "nghttpd/access_entry.h"

namespace nghttpd {

// For all threads.
class AccessLog {
 public:
  // "-" is standard output. Lines are added to what a file has already.
  static base::Result<std::unique_ptr<AccessLog>> open(const std::string& path,
                                                       AccessLogFormat format);
  // Says how many lines could not be written, if any.
  ~AccessLog();
  AccessLog(const AccessLog&) = delete;
  AccessLog& operator=(const AccessLog&) = delete;

  AccessLogFormat format() const { return format_; }
  // Tells this run of the server from others.
  const std::string& run() const { return run_; }

  // Writes whole lines. The first failure is a warning; the server goes on.
  void write(std::string_view lines);

  // Opens the path anew, for a file that has been renamed. If that fails, the old one stays.
  void reopen();

 private:
  AccessLog(std::string path, AccessLogFormat format);

  base::Result<base::Fd> open_path() const;
  void note_failure(const std::string& reason, std::string_view unwritten);

  const std::string path_;
  const AccessLogFormat format_;
  const std::string run_;
  std::mutex mutex_;
  base::Fd fd_;
  bool reported_ = false;
  // A write ended within a line.
  bool torn_ = false;
  std::uint64_t lost_ = 0;
};

// One thread's lines until they are written: when there are many, when a second has passed, or when
// nothing more came for a round of the event loop.
class AccessLogBuffer {
 public:
  AccessLogBuffer(AccessLog& log, net::EventLoop& loop) : log_(log), loop_(loop) {}
  ~AccessLogBuffer() { flush(); }
  AccessLogBuffer(const AccessLogBuffer&) = delete;
  AccessLogBuffer& operator=(const AccessLogBuffer&) = delete;

  void add(const AccessEntry& entry);
  void flush();

 private:
  void look_after(std::size_t seen_bytes);

  AccessLog& log_;
  net::EventLoop& loop_;
  std::string lines_;
  net::Clock::time_point oldest_;
  bool is_looked_after_ = false;
};

}  // namespace nghttpd
