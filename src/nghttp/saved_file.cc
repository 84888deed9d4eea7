// SPDX-License-Identifier: MIT
// A file that keeps the content of one response.
#include "nghttp/saved_file.h"

#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "base/text.h"

namespace nghttp {

base::Result<SavedFile> SavedFile::create(const std::string& path) {
  auto file = base::open_file(path, O_WRONLY | O_CREAT | O_TRUNC);
  if (!file) return base::Error{file.error()};
  return SavedFile(path, *std::move(file));
}

base::Result<void> SavedFile::write(http::Bytes content) {
  if (const auto written = base::write_all(fd_.get(), content); !written) {
    return base::Error{"cannot write " + path_ + ": " + written.error()};
  }
  size_ += content.size();
  return {};
}

base::Result<void> SavedFile::close() {
  if (fd_ && ::close(fd_.release()) != 0) {
    return base::Error{"cannot write " + path_ + ": " + base::error_text(errno)};
  }
  return {};
}

base::Result<std::string> remote_name(const base::Url& url) {
  const std::string_view segment = std::string_view(url.path).substr(url.path.rfind('/') + 1);
  const auto problem = [&url](const std::string& what) {
    return base::Error{url.to_string() + " " + what + ": name it with --output"};
  };
  if (segment.empty()) return problem("has no file name to save it under");
  auto name = base::percent_decode(segment);
  if (!name) return problem("has a file name that cannot be decoded");
  if (name->front() == '.') return problem("would be saved as a hidden file or a directory");
  if (name->size() > NAME_MAX) return problem("has a file name that is too long");
  // What escaping leaves alone is safe to show; the backslash is fine in a file's name, too.
  std::string shown = *name;
  std::erase(shown, '\\');
  if (name->find('/') != std::string::npos || base::escape(shown) != shown) {
    return problem("has a file name with a slash or an unprintable character");
  }
  return name;
}

}  // namespace nghttp
