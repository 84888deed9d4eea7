// SPDX-License-Identifier: MIT
// Remembers what paths stand for, so that a busy file costs no system call.
#pragma once

#include <array>
#include <chrono>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "nghttpd/change_monitor.h"
#include "nghttpd/resource.h"

namespace nghttpd {

// For one thread. A change in the directory of a file is known from the event loop's next round on.
// What the kernel does not tell, such as a renamed parent directory or a change of what a symbolic
// link points to, is found within kLifetime. Without a monitor, files are looked at anew for the
// requests of every moment, that is those that arrived together.
class ResourceCache {
 public:
  static constexpr std::chrono::milliseconds kLifetime{1000};
  // A change within one tick of the file system's clock leaves no trace: what was read so soon
  // after a change is read once more.
  static constexpr std::chrono::milliseconds kTick{20};
  static constexpr std::size_t kMaxEntries = 1024;
  static constexpr std::size_t kMaxOpenFiles = 128;
  static constexpr std::uint64_t kMaxContentBytes = 16 * 1024 * 1024;

  using Clock = std::chrono::steady_clock;
  using Time = Clock::time_point;

  explicit ResourceCache(const DocumentRoot& root, ChangeMonitor* monitor = nullptr)
      : root_(root), monitor_(monitor) {}

  // `path` begins with a slash and is decoded. Never nullptr.
  ResourcePtr find(std::string_view path, Time moment);

 private:
  struct Entry {
    std::string path;
    ResourcePtr resource;
    // Of the file and its siblings, as they were when the resource was opened.
    std::array<FileIdentity, 3> identities;
    // Whether a change since then would show in the identities.
    bool is_settled = false;
    Time loaded;
    Time checked;
    ChangeMonitor::WatchPtr watch;
  };
  using Entries = std::list<Entry>;

  bool is_fresh(Entry& entry, Time moment) const;
  bool is_unchanged(const Entry& entry) const;
  Entry load(std::string_view path, Time moment) const;
  ChangeMonitor::WatchPtr watch_directory_of(const std::string& path) const;
  void remember(Entry&& entry);
  void forget(Entries::iterator entry);
  // Adds (sign 1) or takes away (sign -1) what an entry occupies.
  void account(const Resource& resource, int sign);

  const DocumentRoot& root_;
  ChangeMonitor* monitor_;
  // The most recently used first.
  Entries entries_;
  std::unordered_map<std::string_view, Entries::iterator> by_path_;
  std::uint64_t content_bytes_ = 0;
  std::size_t open_files_ = 0;
};

}  // namespace nghttpd
