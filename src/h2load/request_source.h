// SPDX-License-Identifier: MIT
// Which request comes next.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "h2load/exchange.h"
#include "h2load/request.h"

namespace h2load {

// Wants to know what comes back for a request.
class ResponseObserver {
 public:
  // Of the head of the final response and those before it, and of the trailers.
  virtual void on_field(std::string_view name, std::string_view value) = 0;
  virtual void on_content(std::string_view piece) = 0;
  // There is a whole response: "" if it is a good one, else why it is not.
  virtual std::string on_response(int status, TimePoint now) = 0;
  // There will be none.
  virtual void on_failure(TimePoint now) = 0;

 protected:
  ~ResponseObserver() = default;
};

// A request to send.
struct Assignment {
  // Stays valid until its observer has heard of its end, or without one as long as the source.
  const Request* request = nullptr;
  ResponseObserver* observer = nullptr;
};

// Each client has one of its own, hence nothing is locked.
class RequestSource {
 public:
  virtual ~RequestSource() = default;
  // From when on there is a next one. TimePoint::max() means: after the end of one that is on its
  // way.
  virtual TimePoint ready_at() const { return TimePoint::min(); }
  // The next one; not before ready_at().
  virtual Assignment next() = 0;
};

// One after the other, and then from the beginning.
class RotatingSource final : public RequestSource {
 public:
  explicit RotatingSource(const std::vector<std::unique_ptr<const Request>>& requests)
      : requests_(requests) {}

  Assignment next() override {
    const Request& request = *requests_[index_];
    if (++index_ == requests_.size()) index_ = 0;
    return {&request};
  }

 private:
  const std::vector<std::unique_ptr<const Request>>& requests_;
  std::size_t index_ = 0;
};

// What the clients of one server get their requests from.
class RequestSupply {
 public:
  virtual ~RequestSupply() = default;
  // For the client of this number, which is below that of all clients.
  virtual std::unique_ptr<RequestSource> source_for(std::uint64_t client) const = 0;
};

}  // namespace h2load
