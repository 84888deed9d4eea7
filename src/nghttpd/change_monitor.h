// SPDX-License-Identifier: MIT
// Learns from the kernel that something in a directory has changed (inotify).
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "base/file.h"
#include "net/loop.h"

namespace nghttpd {

// For the thread of its event loop. What has changed is known from the next round of the loop on.
class ChangeMonitor {
 public:
  // One look at a directory: good until something happened there, then there must be another.
  struct Watch {
    bool changed = false;
  };
  using WatchPtr = std::shared_ptr<const Watch>;

  explicit ChangeMonitor(net::EventLoop& loop);
  ~ChangeMonitor();
  ChangeMonitor(const ChangeMonitor&) = delete;
  ChangeMonitor& operator=(const ChangeMonitor&) = delete;

  // nullptr if the kernel does not watch it: there is no such directory, or there are too many
  // watches.
  WatchPtr watch(const std::string& directory);

 private:
  void read_events();
  void note_change(int descriptor);
  void note_loss();
  void forget_unused();

  base::Fd fd_;
  std::unique_ptr<net::FdWatch> events_;
  std::unordered_map<int, std::shared_ptr<Watch>> watches_;
};

}  // namespace nghttpd
