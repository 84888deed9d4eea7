// SPDX-License-Identifier: MIT
// A file that is written when everything is over.
#pragma once

#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"

namespace h2load {

class ReportFile {
 public:
  // A path that cannot be written is an error now, before the run; what is in the file stays until
  // there is something better. "" is no file: write() does nothing then.
  static base::Result<ReportFile> open(const std::string& path);

  // Replaces the content.
  base::Result<void> write(std::string_view text);
  // Adds to it; the first time, what was there goes.
  base::Result<void> append(std::string_view text);

  explicit operator bool() const { return static_cast<bool>(fd_); }

 private:
  ReportFile(std::string path, base::Fd fd) : path_(std::move(path)), fd_(std::move(fd)) {}

  std::string path_;
  base::Fd fd_;
  bool is_begun_ = false;
};

}  // namespace h2load
