// SPDX-License-Identifier: MIT
// A file that keeps the content of one response.
#pragma once

#include <cstdint>
#include <string>

#include "base/file.h"
#include "base/result.h"
#include "base/url.h"
#include "http/stream.h"

namespace nghttp {

class SavedFile {
 public:
  // Creates the file, or empties it if it exists.
  static base::Result<SavedFile> create(const std::string& path);

  // The first failure is the last attempt.
  base::Result<void> write(http::Bytes content);
  // Some file systems tell only now that there was no room.
  base::Result<void> close();

  const std::string& path() const { return path_; }
  std::uint64_t size() const { return size_; }

 private:
  SavedFile(std::string path, base::Fd fd) : path_(std::move(path)), fd_(std::move(fd)) {}

  std::string path_;
  base::Fd fd_;
  std::uint64_t size_ = 0;
};

// The name for a file of its own in the current directory: the last segment of the path, with
// percent-encoding undone. It is an error if there is none, or if the name would lead elsewhere,
// be hidden, or hold what no terminal should get.
base::Result<std::string> remote_name(const base::Url& url);

}  // namespace nghttp
