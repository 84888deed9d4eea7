// SPDX-License-Identifier: MIT
// Which request comes next.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "h2load/request.h"

namespace h2load {

// Each client has one of its own, hence nothing is locked.
class RequestSource {
 public:
  virtual ~RequestSource() = default;
  // The next one to send; it stays valid for as long as the source.
  virtual const Request& next() = 0;
};

// One after the other, and then from the beginning.
class RotatingSource final : public RequestSource {
 public:
  explicit RotatingSource(const std::vector<std::unique_ptr<const Request>>& requests)
      : requests_(requests) {}

  const Request& next() override {
    const Request& request = *requests_[index_];
    if (++index_ == requests_.size()) index_ = 0;
    return request;
  }

 private:
  const std::vector<std::unique_ptr<const Request>>& requests_;
  std::size_t index_ = 0;
};

}  // namespace h2load
