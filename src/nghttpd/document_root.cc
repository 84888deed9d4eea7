// SPDX-License-Identifier: MIT
// Request paths to files: the kernel is asked to keep every look-up beneath the root.
#include "nghttpd/document_root.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "base/text.h"
#include "base/url.h"

namespace nghttpd {

namespace {

// O_NONBLOCK: opening a FIFO must not wait for its writer.
constexpr int kOpenFlags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;

OpenStatus status_of(int error_number) {
  switch (error_number) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
    case ELOOP:
    case EXDEV: return OpenStatus::not_found;
    case EACCES:
    case EPERM: return OpenStatus::forbidden;
    default: return OpenStatus::failed;
  }
}

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1000000000 + time.tv_nsec;
}

FileIdentity identity(const struct stat& status) {
  return {status.st_dev, status.st_ino, status.st_size, nanoseconds(status.st_mtim),
          nanoseconds(status.st_ctim)};
}

struct DirectoryClose {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

}  // namespace

FileIdentity identity_of(int fd) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) return {};
  return identity(status);
}

std::optional<std::string> file_path(std::string_view request_target) {
  const std::string_view encoded = request_target.substr(0, request_target.find_first_of("?#"));
  if (encoded.empty() || encoded.front() != '/') return std::nullopt;
  const auto decoded = base::percent_decode(encoded);
  if (!decoded || decoded->find('\0') != std::string::npos) return std::nullopt;
  std::string path = base::remove_dot_segments(*decoded);
  path.erase(0, path.find_first_not_of('/'));
  return path;
}

base::Result<DocumentRoot> DocumentRoot::open(const std::string& path, bool follow_symlinks) {
  auto fd = base::open_file(path, O_PATH | O_DIRECTORY);
  if (!fd) return base::Error{fd.error()};
  return DocumentRoot(std::move(*fd), follow_symlinks);
}

OpenedFile DocumentRoot::open_file(const std::string& path) const {
  OpenedFile opened;
  const std::string relative = path.empty() ? "." : path;
  const int fd = follow_symlinks_ ? ::openat(root_.get(), relative.c_str(), kOpenFlags)
                                  : open_beneath(relative);
  if (fd < 0) {
    opened.status = status_of(errno);
    return opened;
  }
  opened.fd = base::Fd(fd);
  struct stat status {};
  if (::fstat(fd, &status) != 0) {
    opened.status = OpenStatus::failed;
    return opened;
  }
  if (S_ISDIR(status.st_mode)) {
    opened.status = OpenStatus::directory;
  } else if (S_ISREG(status.st_mode) && !path.empty() && path.back() != '/') {
    opened.status = OpenStatus::file;
    opened.size = static_cast<std::uint64_t>(status.st_size);
    opened.modified = status.st_mtime;
    opened.identity = identity(status);
  } else {
    opened.status = OpenStatus::not_found;
  }
  return opened;
}

FileIdentity DocumentRoot::identity_of(const std::string& path) const {
  struct stat status {};
  if (::fstatat(root_.get(), path.c_str(), &status, 0) != 0) return {};
  return identity(status);
}

std::optional<std::vector<DirectoryEntry>> DocumentRoot::list(const std::string& path,
                                                              std::size_t max_entries) const {
  OpenedFile opened = open_file(path);
  if (opened.status != OpenStatus::directory) return std::nullopt;
  const std::unique_ptr<DIR, DirectoryClose> directory(::fdopendir(opened.fd.get()));
  if (directory == nullptr) return std::nullopt;
  const int fd = opened.fd.release();
  std::vector<DirectoryEntry> entries;
  while (const dirent* entry = ::readdir(directory.get())) {
    if (entry->d_name[0] == '.') continue;
    if (entries.size() == max_entries) break;
    struct stat status {};
    const bool is_known = ::fstatat(fd, entry->d_name, &status, 0) == 0;
    entries.push_back({entry->d_name, is_known && S_ISDIR(status.st_mode)});
  }
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return entries;
}

std::string DocumentRoot::name_for_kernel(const std::string& directory) const {
  return "/proc/self/fd/" + std::to_string(root_.get()) + "/" + directory;
}

int DocumentRoot::open_beneath(const std::string& path) const {
  open_how how{};
  how.flags = kOpenFlags;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  const long fd = ::syscall(SYS_openat2, root_.get(), path.c_str(), &how, sizeof(how));
  if (fd >= 0 || (errno != ENOSYS && errno != EPERM)) return static_cast<int>(fd);
  // Linux before 5.6, or a sandbox that does not know the call.
  return open_without_links(path);
}

// Component by component, refusing every symbolic link.
int DocumentRoot::open_without_links(const std::string& path) const {
  base::Fd directory;
  int parent = root_.get();
  std::size_t start = 0;
  while (true) {
    const std::size_t slash = path.find('/', start);
    const std::string name = path.substr(start, slash - start);
    const bool is_last = slash == std::string::npos;
    if (name == "..") {
      errno = ENOENT;
      return -1;
    }
    if (!name.empty()) {
      const int flags = is_last ? kOpenFlags : O_PATH | O_DIRECTORY | O_CLOEXEC;
      const int fd = ::openat(parent, name.c_str(), flags | O_NOFOLLOW);
      if (fd < 0 || is_last) return fd;
      directory = base::Fd(fd);
      parent = fd;
    } else if (is_last) {
      return ::openat(parent, ".", kOpenFlags);
    }
    start = slash + 1;
  }
}

}  // namespace nghttpd
