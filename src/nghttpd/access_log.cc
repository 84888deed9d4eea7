// SPDX-License-Identifier: MIT
// The file that gets a line for every request, and each thread's way into it.
#include "nghttpd/access_log.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <utility>

#include "base/log.h"
#include "base/random.h"
#include "base/text.h"

namespace nghttpd {

namespace {

constexpr std::size_t kBufferBytes = 64 * 1024;
constexpr std::chrono::seconds kLongestWait(1);

// The daemon changes its directory, and reopening comes after that.
std::string absolute(const std::string& path) {
  return path == "-" ? path : std::filesystem::absolute(path).string();
}

std::string random_name() {
  std::uint8_t octets[6];
  base::fill_random(octets);
  return base::to_hex(octets);
}

// Writes as much as it can: how much that is, and errno, or 0 if it is everything.
std::pair<std::size_t, int> write_some(int fd, std::string_view text) {
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t n = ::write(fd, text.data() + written, text.size() - written);
    if (n >= 0) {
      written += static_cast<std::size_t>(n);
    } else if (errno == EAGAIN) {
      pollfd writable{fd, POLLOUT, 0};
      ::poll(&writable, 1, -1);
    } else if (errno != EINTR) {
      return {written, errno};
    }
  }
  return {written, 0};
}

}  // namespace

AccessLog::AccessLog(std::string path, AccessLogFormat format)
    : path_(std::move(path)), format_(format), run_(random_name()) {}

base::Result<std::unique_ptr<AccessLog>> AccessLog::open(const std::string& path,
                                                         AccessLogFormat format) {
  std::unique_ptr<AccessLog> log(new AccessLog(absolute(path), format));
  auto fd = log->open_path();
  if (!fd) return base::Error{"--access-log: " + fd.error()};
  log->fd_ = *std::move(fd);
  return log;
}

AccessLog::~AccessLog() {
  if (lost_ > 0) base::log_warning("the access log lacks " + std::to_string(lost_) + " lines");
}

base::Result<base::Fd> AccessLog::open_path() const {
  if (path_ == "-") return base::Fd(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0));
  return base::open_file(path_, O_WRONLY | O_CREAT | O_APPEND, 0640);
}

void AccessLog::write(std::string_view lines) {
  const std::lock_guard lock(mutex_);
  // A line of which only a part was written is not to spoil the next one.
  if (torn_ && write_some(fd_.get(), "\n").second == 0) torn_ = false;
  const auto [written, error] = write_some(fd_.get(), lines);
  if (error == 0) return;
  if (written > 0) torn_ = lines[written - 1] != '\n';
  note_failure(base::error_text(error), lines.substr(written));
}

void AccessLog::note_failure(const std::string& reason, std::string_view unwritten) {
  lost_ += static_cast<std::uint64_t>(std::count(unwritten.begin(), unwritten.end(), '\n'));
  if (std::exchange(reported_, true)) return;
  const std::string name = path_ == "-" ? "standard output" : path_;
  base::log_warning("cannot write the access log " + name + ": " + reason +
                    "; lines are lost until it can");
}

void AccessLog::reopen() {
  if (path_ == "-") return;
  auto fd = open_path();
  const std::lock_guard lock(mutex_);
  if (!fd) {
    base::log_warning("the access log stays as it is: " + fd.error());
    return;
  }
  fd_ = *std::move(fd);
  torn_ = false;
  reported_ = false;
}

void AccessLogBuffer::add(const AccessEntry& entry) {
  if (lines_.empty()) oldest_ = net::Clock::now();
  append_entry(lines_, entry, log_.format(), log_.run());
  if (lines_.size() >= kBufferBytes) flush();
  if (lines_.empty() || std::exchange(is_looked_after_, true)) return;
  look_after(0);
}

// Comes back each round of the event loop until there is nothing to look after.
void AccessLogBuffer::look_after(std::size_t seen_bytes) {
  const bool is_quiet = lines_.size() == seen_bytes;
  if (is_quiet || net::Clock::now() - oldest_ >= kLongestWait) flush();
  is_looked_after_ = !lines_.empty();
  if (!is_looked_after_) return;
  loop_.defer([this, seen = lines_.size()] { look_after(seen); });
}

void AccessLogBuffer::flush() {
  if (lines_.empty()) return;
  log_.write(lines_);
  lines_.clear();
}

}  // namespace nghttpd
