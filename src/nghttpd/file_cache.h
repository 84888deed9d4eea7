// SPDX-License-Identifier: MIT
// Remembers files for a moment, so that a busy one is not opened for every request.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <unordered_map>

#include "nghttpd/document_root.h"

namespace nghttpd {

// A file as it was found, shared by the requests that use it.
struct CachedFile {
  OpenStatus status = OpenStatus::not_found;
  std::shared_ptr<const base::Fd> fd;
  std::uint64_t size = 0;
  std::time_t modified = 0;
  std::string last_modified;
  FileIdentity identity;
  // The whole content, if the file is small.
  std::shared_ptr<const std::string> content;
};
using CachedFilePtr = std::shared_ptr<const CachedFile>;

// For one thread. Whether a file is still the same is asked once per moment, that is for requests
// that arrived together. What the answer cannot show, a change within one tick of the file system's
// clock, is noticed after kLifetime.
class FileCache {
 public:
  static constexpr std::chrono::milliseconds kLifetime{20};
  static constexpr std::size_t kMaxEntries = 256;
  static constexpr std::uint64_t kMaxContentBytes = 16 * 1024;

  explicit FileCache(const DocumentRoot& root) : root_(root) {}

  using Clock = std::chrono::steady_clock;
  using Time = Clock::time_point;

  // As DocumentRoot::open_file(). Never nullptr.
  CachedFilePtr open_file(const std::string& path, Time moment);

 private:
  struct Entry {
    CachedFilePtr file;
    Time checked;
    Time expires;
  };

  CachedFilePtr load(const std::string& path) const;

  const DocumentRoot& root_;
  std::unordered_map<std::string, Entry> entries_;
};

}  // namespace nghttpd
