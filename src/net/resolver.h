// SPDX-License-Identifier: MIT
// Host names to addresses without blocking the loop: getaddrinfo() in helper threads.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "net/address.h"

namespace net {

class EventLoop;

// Resolves as the system does (/etc/hosts, name service switch, DNS, search lists). Lookups run in
// at most kMaxThreads threads of this resolver; more wait in a queue.
class Resolver {
 public:
  static constexpr size_t kMaxThreads = 4;

  using Addresses = std::vector<Address>;  // never empty
  // The error names the host and the reason, e.g. "cannot resolve x.test: Name or service not
  // known".
  using Callback = std::function<void(base::Result<Addresses>)>;

  explicit Resolver(EventLoop& loop);
  // Pending callbacks are dropped. Lookups that the system cannot abort end in the background.
  virtual ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  // A lookup in progress; destroying it drops the callback.
  class Request;

  // Numeric addresses are answered without a lookup. The callback runs on the loop's thread and
  // never before resolve() has returned. `family` is AF_UNSPEC, AF_INET or AF_INET6.
  virtual std::shared_ptr<Request> resolve(const std::string& host, uint16_t port,
                                           Callback callback, int family = AF_UNSPEC);

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

// Owned by whoever asked; holds the callback only.
class Resolver::Request {
 public:
  explicit Request(Callback callback) : callback_(std::move(callback)) {}
  void deliver(base::Result<Addresses> result);

 private:
  Callback callback_;
};

}  // namespace net
