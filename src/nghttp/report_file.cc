// SPDX-License-Identifier: MIT
// A file that a report goes to.
#include "nghttp/report_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/text.h"

namespace nghttp {

base::Result<ReportFile> ReportFile::open(const std::string& path) {
  if (path == "-") {
    base::Fd fd(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0));
    if (!fd) return base::Error{"cannot write to standard output: " + base::error_text(errno)};
    return ReportFile("standard output", std::move(fd));
  }
  auto fd = base::open_file(path, O_WRONLY | O_CREAT | O_TRUNC);
  if (!fd) return base::Error{fd.error()};
  return ReportFile(base::escape(path), *std::move(fd));
}

base::Result<void> ReportFile::write(http::Bytes octets) {
  auto done = base::write_all(fd_.get(), octets);
  if (!done) return base::Error{"cannot write " + path_ + ": " + done.error()};
  return {};
}

base::Result<void> ReportFile::write(std::string_view text) {
  return write(base::as_bytes(text));
}

}  // namespace nghttp
