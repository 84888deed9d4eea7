// SPDX-License-Identifier: MIT
// Learns from the kernel that something in a directory has changed.
#include "nghttpd/change_monitor.h"

#include <sys/inotify.h>
#include <unistd.h>

#include <cstring>

namespace nghttpd {

namespace {

constexpr std::size_t kMaxWatches = 1024;

// Once: a directory that something writes into all the time must not keep us busy.
constexpr std::uint32_t kEvents = IN_CREATE | IN_DELETE | IN_MODIFY | IN_ATTRIB | IN_MOVED_FROM |
                                  IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR |
                                  IN_ONESHOT;

}  // namespace

ChangeMonitor::ChangeMonitor(net::EventLoop& loop)
    : fd_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
  if (!fd_) return;
  events_ = std::make_unique<net::FdWatch>(
      loop, fd_.get(), [this] { read_events(); }, [] {});
  events_->want_read(true);
}

ChangeMonitor::~ChangeMonitor() = default;

ChangeMonitor::WatchPtr ChangeMonitor::watch(const std::string& directory) {
  if (!fd_) return nullptr;
  if (watches_.size() >= kMaxWatches) forget_unused();
  if (watches_.size() >= kMaxWatches) return nullptr;
  const int descriptor = ::inotify_add_watch(fd_.get(), directory.c_str(), kEvents);
  if (descriptor < 0) return nullptr;
  // The kernel gives a directory that is watched already the same number.
  std::shared_ptr<Watch>& watch = watches_[descriptor];
  if (watch == nullptr) watch = std::make_shared<Watch>();
  return watch;
}

void ChangeMonitor::read_events() {
  alignas(inotify_event) char buffer[4096];
  const ssize_t count = ::read(fd_.get(), buffer, sizeof(buffer));
  for (ssize_t position = 0; position < count;) {
    inotify_event event;
    std::memcpy(&event, buffer + position, sizeof(event));
    if ((event.mask & IN_Q_OVERFLOW) != 0) note_loss();
    note_change(event.wd);
    position += static_cast<ssize_t>(sizeof(event) + event.len);
  }
}

void ChangeMonitor::note_change(int descriptor) {
  const auto found = watches_.find(descriptor);
  if (found == watches_.end()) return;
  found->second->changed = true;
  watches_.erase(found);
}

// Events have been dropped, and nobody knows whose.
void ChangeMonitor::note_loss() {
  for (const auto& [descriptor, watch] : watches_) {
    watch->changed = true;
    ::inotify_rm_watch(fd_.get(), descriptor);
  }
  watches_.clear();
}

void ChangeMonitor::forget_unused() {
  std::erase_if(watches_, [this](const auto& entry) {
    const bool is_unused = entry.second.use_count() == 1;
    if (is_unused) ::inotify_rm_watch(fd_.get(), entry.first);
    return is_unused;
  });
}

}  // namespace nghttpd
