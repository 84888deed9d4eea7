// SPDX-License-Identifier: MIT
// A file that a report goes to.
#pragma once

#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"
#include "http/body.h"

namespace nghttp {

class ReportFile {
 public:
  // Made empty at once, so that a path which cannot be written is an error before anything is
  // fetched. "-" is standard output.
  static base::Result<ReportFile> open(const std::string& path);

  base::Result<void> write(http::Bytes octets);
  base::Result<void> write(std::string_view text);

 private:
  ReportFile(std::string path, base::Fd fd) : path_(std::move(path)), fd_(std::move(fd)) {}

  std::string path_;
  base::Fd fd_;
};

}  // namespace nghttp
