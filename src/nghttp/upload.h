// SPDX-License-Identifier: MIT
// The content that --data names, ready to be sent any number of times.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/file.h"
#include "base/result.h"
#include "http/body.h"

namespace nghttp {

class Upload {
 public:
  // "-" and anything that is no regular file is copied to a temporary file first, so that its
  // length is known and it can be read again.
  static base::Result<Upload> open(const std::string& path);

  std::uint64_t size() const { return size_; }
  std::unique_ptr<http::BodySource> body() const {
    return std::make_unique<http::FileBody>(fd_, 0, size_);
  }

 private:
  Upload(base::Fd fd, std::uint64_t size)
      : fd_(std::make_shared<const base::Fd>(std::move(fd))), size_(size) {}

  std::shared_ptr<const base::Fd> fd_;
  std::uint64_t size_;
};

}  // namespace nghttp
