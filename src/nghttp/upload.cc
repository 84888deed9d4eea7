// SPDX-License-Identifier: MIT
// The content that --data names.
#include "nghttp/upload.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "base/text.h"

namespace nghttp {

namespace {

base::Result<std::uint64_t> copy_all(int from, int to, const std::string& name) {
  std::vector<std::uint8_t> piece(64 * 1024);
  std::uint64_t total = 0;
  while (true) {
    const ssize_t count = ::read(from, piece.data(), piece.size());
    if (count == 0) return total;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return base::Error{"cannot read " + name + ": " + base::error_text(errno)};
    const auto bytes = std::span<const std::uint8_t>(piece).first(static_cast<std::size_t>(count));
    if (const auto written = base::write_all(to, bytes); !written) {
      return base::Error{"cannot keep a copy of " + name + ": " + written.error()};
    }
    total += bytes.size();
  }
}

}  // namespace

base::Result<Upload> Upload::open(const std::string& path) {
  base::Fd file;
  int input = STDIN_FILENO;
  if (path != "-") {
    auto opened = base::open_file(path, O_RDONLY);
    if (!opened) return base::Error{opened.error()};
    file = *std::move(opened);
    input = file.get();
    struct stat status {};
    if (::fstat(input, &status) == 0 && S_ISREG(status.st_mode)) {
      return Upload(std::move(file), static_cast<std::uint64_t>(status.st_size));
    }
  }
  auto copy = base::create_anonymous_file();
  if (!copy) return base::Error{copy.error()};
  const auto size = copy_all(input, copy->get(), path == "-" ? "standard input" : path);
  if (!size) return base::Error{size.error()};
  return Upload(*std::move(copy), *size);
}

}  // namespace nghttp
