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
  // The whole content, if the file is small.
  std::shared_ptr<const std::string> content;
};
using CachedFilePtr = std::shared_ptr<const CachedFile>;

// For one thread. An entry counts for kLifetime: changes of a file are seen after that time.
class FileCache {
 public:
  static constexpr std::chrono::milliseconds kLifetime{20};
  static constexpr std::size_t kMaxEntries = 256;
  static constexpr std::uint64_t kMaxContentBytes = 16 * 1024;

  explicit FileCache(const DocumentRoot& root) : root_(root) {}

  // As DocumentRoot::open_file(). Never nullptr.
  CachedFilePtr open_file(const std::string& path);

 private:
  using Clock = std::chrono::steady_clock;
  struct Entry {
    CachedFilePtr file;
    Clock::time_point expires;
  };

  CachedFilePtr load(const std::string& path) const;

  const DocumentRoot& root_;
  std::unordered_map<std::string, Entry> entries_;
};

}  // namespace nghttpd
