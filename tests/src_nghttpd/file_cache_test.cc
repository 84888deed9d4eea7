// SPDX-License-Identifier: MIT
// Tests of the file cache: it never serves what has been replaced before a request arrived.
#include "nghttpd/file_cache.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "support/check.h"

namespace {

namespace fs = std::filesystem;
using nghttpd::FileCache;
using nghttpd::OpenStatus;

class Place {
 public:
  Place() {
    std::string name = (fs::temp_directory_path() / "nghttpd-cache-XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~Place() { fs::remove_all(path_); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  const fs::path& path() const { return path_; }
  void write(std::string_view content) const { std::ofstream(path_ / "file") << content; }

 private:
  fs::path path_;
};

std::string content_of(FileCache& cache, FileCache::Time moment) {
  const nghttpd::CachedFilePtr file = cache.open_file("file", moment);
  return file->content ? *file->content : "none";
}

}  // namespace

TEST(src_nghttpd_cache, requests_that_arrive_together_share_a_file) {
  const Place place;
  place.write("one");
  const auto root = nghttpd::DocumentRoot::open(place.path(), false);
  REQUIRE(root.ok());
  FileCache cache(*root);
  const auto moment = FileCache::Clock::now();
  const auto file = cache.open_file("file", moment);
  CHECK(file->status == OpenStatus::file);
  CHECK_EQ(file->size, 3u);
  CHECK(!file->last_modified.empty());
  CHECK(cache.open_file("file", moment) == file);
}

TEST(src_nghttpd_cache, changes_are_seen_by_later_requests) {
  const Place place;
  place.write("one");
  const auto root = nghttpd::DocumentRoot::open(place.path(), false);
  REQUIRE(root.ok());
  FileCache cache(*root);
  auto moment = FileCache::Clock::now();
  CHECK_STR(content_of(cache, moment), "one");
  place.write("other");
  moment += std::chrono::nanoseconds(1);
  CHECK_STR(content_of(cache, moment), "other");
  fs::remove(place.path() / "file");
  moment += std::chrono::nanoseconds(1);
  CHECK(cache.open_file("file", moment)->status == OpenStatus::not_found);
  place.write("new");
  CHECK_STR(content_of(cache, moment), "new");
}

TEST(src_nghttpd_cache, large_files_stay_on_disk) {
  const Place place;
  place.write(std::string(FileCache::kMaxContentBytes + 1, 'x'));
  const auto root = nghttpd::DocumentRoot::open(place.path(), false);
  REQUIRE(root.ok());
  FileCache cache(*root);
  const auto file = cache.open_file("file", FileCache::Clock::now());
  CHECK(file->content == nullptr);
  CHECK_EQ(file->size, FileCache::kMaxContentBytes + 1);
  CHECK(file->fd != nullptr);
}
