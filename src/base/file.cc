// SPDX-License-Identifier: MIT
// File descriptors with an owner, and whole-file reading and writing.
#include "base/file.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <utility>
#include <vector>

#include "base/text.h"

namespace base {

namespace {

Error failure(const std::string& doing, const std::string& path, int error_number) {
  return {"cannot " + doing + " " + path + ": " + error_text(error_number)};
}

}  // namespace

Fd& Fd::operator=(Fd&& other) noexcept {
  if (this != &other) {
    reset();
    fd_ = other.release();
  }
  return *this;
}

int Fd::release() {
  return std::exchange(fd_, -1);
}

void Fd::reset() {
  // On Linux the descriptor is gone even when close() reports an error.
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

Result<Fd> open_file(const std::string& path, int flags, mode_t mode) {
  int fd;
  do {
    fd = ::open(path.c_str(), flags | O_CLOEXEC, mode);
  } while (fd < 0 && errno == EINTR);
  if (fd < 0) return failure("open", path, errno);
  return Fd(fd);
}

Result<std::string> read_file(const std::string& path, size_t max_bytes) {
  Fd opened;
  int fd = STDIN_FILENO;
  if (path != "-") {
    auto file = open_file(path, O_RDONLY);
    if (!file) return Error{file.error()};
    opened = std::move(*file);
    fd = opened.get();
  }
  const std::string name = path == "-" ? "standard input" : path;
  std::string content;
  struct stat status {};
  if (::fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
    content.reserve(std::min(static_cast<size_t>(status.st_size), max_bytes));
  }
  char block[16 * 1024];
  for (;;) {
    const ssize_t n = ::read(fd, block, sizeof(block));
    if (n == 0) return content;
    if (n < 0) {
      if (errno == EINTR) continue;
      return failure("read", name, errno);
    }
    if (static_cast<size_t>(n) > max_bytes - content.size()) {
      return Error{"cannot read " + name + ": larger than " + std::to_string(max_bytes) + " bytes"};
    }
    content.append(block, static_cast<size_t>(n));
  }
}

Result<void> write_file(const std::string& path, std::string_view content, mode_t mode) {
  auto file = open_file(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
  if (!file) return Error{file.error()};
  if (auto written = write_all(file->get(), as_bytes(content)); !written) {
    return Error{"cannot write " + path + ": " + written.error()};
  }
  return {};
}

Result<void> write_all(int fd, std::span<const uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n >= 0) {
      bytes = bytes.subspan(static_cast<size_t>(n));
    } else if (errno == EAGAIN) {
      pollfd writable{fd, POLLOUT, 0};
      ::poll(&writable, 1, -1);
    } else if (errno != EINTR) {
      return Error{error_text(errno)};
    }
  }
  return {};
}

Result<TempFile> create_temp_file(const std::string& prefix) {
  std::string path = prefix + "XXXXXX";
  const int fd = ::mkostemp(path.data(), O_CLOEXEC);
  if (fd < 0) return failure("create a temporary file", prefix + "*", errno);
  return TempFile{Fd(fd), std::move(path)};
}

Result<Fd> create_anonymous_file() {
  std::string directory = environment("TMPDIR");
  if (directory.empty()) directory = "/tmp";
  auto file = create_temp_file(directory + "/nghttp2-");
  if (!file) return Error{file.error()};
  ::unlink(file->path.c_str());
  return std::move(file->fd);
}

Result<void> set_nonblocking(int fd) {
  const int flags = ::fcntl(fd, F_GETFL);
  if (flags < 0 || ::fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0) {
    return Error{"cannot make descriptor " + std::to_string(fd) +
                 " non-blocking: " + error_text(errno)};
  }
  return {};
}

std::string environment(const char* name) {
  const char* const value = ::secure_getenv(name);
  return value ? value : "";
}

}  // namespace base
