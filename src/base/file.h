// SPDX-License-Identifier: MIT
// File descriptors with an owner, and whole-file reading and writing.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace base {

// Owns a file descriptor and closes it.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(other.release()) {}
  Fd& operator=(Fd&& other) noexcept;
  ~Fd() { reset(); }

  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  // Gives up ownership.
  int release();
  void reset();

 private:
  int fd_ = -1;
};

// open(2) with O_CLOEXEC; the error names the path and the reason.
Result<Fd> open_file(const std::string& path, int flags, mode_t mode = 0644);

// The whole content of a regular file, pipe or (path "-") standard input. More than max_bytes is an
// error.
Result<std::string> read_file(const std::string& path, size_t max_bytes = 64 * 1024 * 1024);

// Replaces or creates the file.
Result<void> write_file(const std::string& path, std::string_view content, mode_t mode = 0644);

// Writes everything, going on after EINTR and partial writes; waits on a non-blocking descriptor.
Result<void> write_all(int fd, std::span<const uint8_t> bytes);

// A new file of mode 0600 named `prefix` + six random characters (mkostemp).
struct TempFile {
  Fd fd;
  std::string path;
};
Result<TempFile> create_temp_file(const std::string& prefix);
// A nameless temporary file in $TMPDIR or /tmp, gone when closed.
Result<Fd> create_anonymous_file();

Result<void> set_nonblocking(int fd);

// $name, or "" when unset or when the process runs with raised privileges.
std::string environment(const char* name);

}  // namespace base
