// SPDX-License-Identifier: MIT
// Remembers what paths stand for, and notices when that has changed.
#include "nghttpd/resource_cache.h"

#include <utility>

namespace nghttpd {

namespace {

// Whether the file was left alone for long enough before now.
bool has_settled(const FileIdentity& identity) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto age = now - std::chrono::nanoseconds(identity.changed_ns);
  return identity.size < 0 || age > ResourceCache::kTick;
}

}  // namespace

ResourcePtr ResourceCache::find(std::string_view path, Time moment) {
  const auto found = by_path_.find(path);
  if (found != by_path_.end()) {
    const Entries::iterator entry = found->second;
    if (is_fresh(*entry, moment)) {
      if (entry != entries_.begin()) entries_.splice(entries_.begin(), entries_, entry);
      return entry->resource;
    }
    forget(entry);
  }
  Entry entry = load(path, moment);
  ResourcePtr resource = entry.resource;
  // Only hits are kept: names that lead nowhere are the client's invention.
  if (resource->status == OpenStatus::file) remember(std::move(entry));
  return resource;
}

bool ResourceCache::is_fresh(Entry& entry, Time moment) const {
  if (moment == entry.checked) return true;
  if (!entry.is_settled && moment - entry.loaded > kTick) return false;
  const bool is_quiet = entry.watch != nullptr && !entry.watch->changed;
  if (is_quiet && entry.is_settled && moment - entry.checked < kLifetime) return true;
  // A new watch comes first, so that nothing can happen between it and the look at the file.
  if (!is_quiet) entry.watch = watch_directory_of(entry.resource->path);
  if (!is_unchanged(entry)) return false;
  entry.checked = moment;
  return true;
}

bool ResourceCache::is_unchanged(const Entry& entry) const {
  const auto names = form_names(entry.resource->path);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (root_.identity_of(names[i].name) != entry.identities[i]) return false;
  }
  return true;
}

ResourceCache::Entry ResourceCache::load(std::string_view path, Time moment) const {
  Entry entry;
  entry.path = path;
  entry.loaded = moment;
  entry.checked = moment;
  const std::string relative(path.substr(1));
  entry.watch = watch_directory_of(relative);
  entry.resource = open_resource(root_, relative);
  if (entry.resource->status != OpenStatus::file) return entry;
  entry.is_settled = true;
  const auto names = form_names(entry.resource->path);
  for (std::size_t i = 0; i < names.size(); ++i) {
    // What is in use counts as it was when it was opened, not as it may be by now.
    const Form* const form = entry.resource->form(names[i].coding);
    entry.identities[i] = form ? form->identity : root_.identity_of(names[i].name);
    entry.is_settled = entry.is_settled && has_settled(entry.identities[i]);
  }
  return entry;
}

ChangeMonitor::WatchPtr ResourceCache::watch_directory_of(const std::string& path) const {
  if (monitor_ == nullptr) return nullptr;
  return monitor_->watch(root_.name_for_kernel(path.substr(0, path.rfind('/') + 1)));
}

void ResourceCache::remember(Entry&& entry) {
  account(*entry.resource, 1);
  entries_.push_front(std::move(entry));
  by_path_.emplace(entries_.front().path, entries_.begin());
  while (entries_.size() > 1 && (entries_.size() > kMaxEntries || open_files_ > kMaxOpenFiles ||
                                 content_bytes_ > kMaxContentBytes)) {
    forget(std::prev(entries_.end()));
  }
}

void ResourceCache::forget(Entries::iterator entry) {
  account(*entry->resource, -1);
  by_path_.erase(entry->path);
  entries_.erase(entry);
}

void ResourceCache::account(const Resource& resource, int sign) {
  for (const Form& form : resource.forms) {
    content_bytes_ += form.content ? form.content->size() * static_cast<std::uint64_t>(sign) : 0;
    open_files_ += form.fd ? static_cast<std::size_t>(sign) : 0;
  }
}

}  // namespace nghttpd
