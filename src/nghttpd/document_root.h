// SPDX-License-Identifier: MIT
// Request paths to files inside one directory, and never outside of it.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/result.h"

namespace nghttpd {

// The file system path a request target means, relative to the root and without a leading slash:
// the query goes, percent-encoding is undone, then dot segments are removed. nullopt if the target
// is not a path, or its encoding is broken, or it contains NUL.
std::optional<std::string> file_path(std::string_view request_target);

enum class OpenStatus { file, directory, not_found, forbidden, failed };

// Equal as long as a file has neither been replaced nor, at the file system's resolution of time,
// changed.
struct FileIdentity {
  dev_t device = 0;
  ino_t number = 0;
  off_t size = -1;
  std::int64_t modified_ns = 0;
  std::int64_t changed_ns = 0;

  bool operator==(const FileIdentity&) const = default;
};

// Of an open file.
FileIdentity identity_of(int fd);

struct DirectoryEntry {
  std::string name;
  bool is_directory = false;
};

struct OpenedFile {
  OpenStatus status = OpenStatus::not_found;
  base::Fd fd;  // files and directories
  std::uint64_t size = 0;
  std::time_t modified = 0;
  FileIdentity identity;
};

class DocumentRoot {
 public:
  // With `follow_symlinks` links may lead anywhere; otherwise they must stay inside.
  static base::Result<DocumentRoot> open(const std::string& path, bool follow_symlinks);

  // Opens what file_path() returned ("" is the root itself). Safe to call from several threads.
  OpenedFile open_file(const std::string& path) const;

  // Who is at the path, links followed wherever they lead: only good for comparing with a file that
  // has been opened.
  FileIdentity identity_of(const std::string& path) const;

  // The entries of a directory by name, without those that begin with a dot, and no more than
  // `max_entries`; nullopt if it cannot be read.
  std::optional<std::vector<DirectoryEntry>> list(const std::string& path,
                                                  std::size_t max_entries) const;

  // A name of the directory for system calls that know of no file descriptors to start from.
  std::string name_for_kernel(const std::string& directory) const;

 private:
  DocumentRoot(base::Fd root, bool follow_symlinks)
      : root_(std::move(root)), follow_symlinks_(follow_symlinks) {}

  int open_beneath(const std::string& path) const;
  int open_without_links(const std::string& path) const;

  base::Fd root_;
  bool follow_symlinks_;
};

}  // namespace nghttpd
