// SPDX-License-Identifier: MIT
// A file that is written when everything is over.
#include "h2load/report_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/text.h"

namespace h2load {

base::Result<ReportFile> ReportFile::open(const std::string& path) {
  if (path.empty()) return ReportFile(path, base::Fd());
  auto fd = base::open_file(path, O_WRONLY | O_CREAT);
  if (!fd) return base::Error{fd.error()};
  return ReportFile(path, *std::move(fd));
}

base::Result<void> ReportFile::write(std::string_view text) {
  is_begun_ = false;
  return append(text);
}

base::Result<void> ReportFile::append(std::string_view text) {
  if (!fd_) return {};
  // What is no regular file, such as a pipe, has nothing to go.
  if (!is_begun_ && ::ftruncate(fd_.get(), 0) != 0 && errno != EINVAL)
    return base::Error{path_ + ": " + base::error_text(errno)};
  is_begun_ = true;
  if (const auto written = base::write_all(fd_.get(), base::as_bytes(text)); !written)
    return base::Error{path_ + ": " + written.error()};
  return {};
}

}  // namespace h2load
