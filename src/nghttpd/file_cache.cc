// SPDX-License-Identifier: MIT
// Remembers files for a moment.
#include "nghttpd/file_cache.h"

#include <span>
#include <utility>

#include "base/date.h"
#include "http/body.h"

namespace nghttpd {

namespace {

// The first `size` octets; nullptr if the file has become shorter.
std::shared_ptr<const std::string> read_content(const std::shared_ptr<const base::Fd>& fd,
                                                std::uint64_t size) {
  std::string content(size, '\0');
  http::FileBody body(fd, 0, size);
  const std::span<std::uint8_t> bytes(reinterpret_cast<std::uint8_t*>(content.data()), size);
  if (!body.read(bytes)) return nullptr;
  return std::make_shared<const std::string>(std::move(content));
}

}  // namespace

CachedFilePtr FileCache::open_file(const std::string& path, Time moment) {
  const auto found = entries_.find(path);
  if (found != entries_.end() && moment < found->second.expires) {
    Entry& entry = found->second;
    if (entry.checked == moment || entry.file->identity == root_.identity_of(path)) {
      entry.checked = moment;
      return entry.file;
    }
  }
  CachedFilePtr file = load(path);
  // Only hits are kept: names that lead nowhere are the client's invention.
  if (file->status != OpenStatus::file) {
    if (found != entries_.end()) entries_.erase(found);
    return file;
  }
  if (found == entries_.end() && entries_.size() >= kMaxEntries) entries_.clear();
  entries_.insert_or_assign(path, Entry{file, moment, moment + kLifetime});
  return file;
}

CachedFilePtr FileCache::load(const std::string& path) const {
  OpenedFile opened = root_.open_file(path);
  auto file = std::make_shared<CachedFile>();
  file->status = opened.status;
  if (opened.status != OpenStatus::file) return file;
  file->fd = std::make_shared<const base::Fd>(std::move(opened.fd));
  file->size = opened.size;
  file->modified = opened.modified;
  file->identity = opened.identity;
  file->last_modified = base::format_http_date(opened.modified);
  if (opened.size <= kMaxContentBytes) file->content = read_content(file->fd, opened.size);
  return file;
}

}  // namespace nghttpd
