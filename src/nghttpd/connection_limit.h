// SPDX-License-Identifier: MIT
// Lets new connections wait while there are as many as there may be (--max-connections).
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "net/listener.h"
#include "net/loop.h"

namespace nghttpd {

// Belongs to the thread of the loop that accepts. The listeners outlive it or are forgotten before.
class ConnectionLimit {
 public:
  using Listeners = std::vector<std::unique_ptr<net::Listener>>;

  // A limit of 0 is none.
  ConnectionLimit(net::EventLoop& loop, std::size_t limit, Listeners& listeners)
      : loop_(loop), limit_(limit), listeners_(listeners) {}

  void connection_begins() {
    if (limit_ == 0 || ++count_ < limit_) return;
    for (const auto& listener : listeners_)
      listener->pause();
  }

  // What other threads are to call when a connection has ended; empty if there is no need.
  std::function<void()> end_notice() {
    if (limit_ == 0) return {};
    return [this] { loop_.post([this] { connection_ends(); }); };
  }

 private:
  void connection_ends() {
    if (count_-- != limit_) return;
    for (const auto& listener : listeners_)
      listener->resume();
  }

  net::EventLoop& loop_;
  const std::size_t limit_;
  Listeners& listeners_;
  std::size_t count_ = 0;
};

}  // namespace nghttpd
