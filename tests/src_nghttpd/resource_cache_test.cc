// SPDX-License-Identifier: MIT
// Tests of the resource cache: it never serves what has been replaced before a request arrived.
#include "nghttpd/resource_cache.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "support/check.h"

namespace {

namespace fs = std::filesystem;
using nghttpd::OpenStatus;
using nghttpd::ResourceCache;

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
  void write(std::string_view content, const char* name = "file") const {
    std::ofstream(path_ / name) << content;
  }

 private:
  fs::path path_;
};

std::string content_of(ResourceCache& cache, ResourceCache::Time moment) {
  const nghttpd::ResourcePtr file = cache.find("/file", moment);
  return file->forms.empty() || !file->forms[0].content ? "none" : *file->forms[0].content;
}

}  // namespace

TEST(src_nghttpd_cache, requests_that_arrive_together_share_a_file) {
  const Place place;
  place.write("one");
  const auto root = nghttpd::DocumentRoot::open(place.path(), false);
  REQUIRE(root.ok());
  ResourceCache cache(*root);
  const auto moment = ResourceCache::Clock::now();
  const auto file = cache.find("/file", moment);
  CHECK(file->status == OpenStatus::file);
  REQUIRE(file->forms.size() == 1);
  CHECK_EQ(file->forms[0].size, 3u);
  CHECK(!file->last_modified.empty());
  CHECK(cache.find("/file", moment) == file);
}

TEST(src_nghttpd_cache, changes_are_seen_by_later_requests) {
  const Place place;
  place.write("one");
  const auto root = nghttpd::DocumentRoot::open(place.path(), false);
  REQUIRE(root.ok());
  ResourceCache cache(*root);
  auto moment = ResourceCache::Clock::now();
  CHECK_STR(content_of(cache, moment), "one");
  place.write("other");
  moment += std::chrono::nanoseconds(1);
  CHECK_STR(content_of(cache, moment), "other");
  fs::remove(place.path() / "file");
  moment += std::chrono::nanoseconds(1);
  CHECK(cache.find("/file", moment)->status == OpenStatus::not_found);
  place.write("new");
  CHECK_STR(content_of(cache, moment), "new");
}

TEST(src_nghttpd_cache, changes_that_leave_no_trace_are_seen_after_a_tick) {
  const Place place;
  place.write("one");
  const auto root = nghttpd::DocumentRoot::open(place.path(), false);
  REQUIRE(root.ok());
  ResourceCache cache(*root);
  const auto moment = ResourceCache::Clock::now();
  const auto first = cache.find("/file", moment);
  // Of a file that has just been written nobody knows whether it will be written again at once.
  CHECK(cache.find("/file", moment + 2 * ResourceCache::kTick) != first);
}

TEST(src_nghttpd_cache, a_quiet_directory_is_not_looked_at) {
  const Place place;
  place.write("one");
  const auto root = nghttpd::DocumentRoot::open(place.path(), false);
  REQUIRE(root.ok());
  net::EventLoop loop;
  nghttpd::ChangeMonitor monitor(loop);
  ResourceCache cache(*root, &monitor);
  // Until the file is old enough to be trusted.
  auto moment = ResourceCache::Clock::now();
  nghttpd::ResourcePtr file = cache.find("/file", moment);
  while (true) {
    moment += 2 * ResourceCache::kTick;
    const auto again = cache.find("/file", moment);
    if (again == file) break;
    file = again;
  }
  place.write("other");
  CHECK(cache.find("/file", moment + std::chrono::nanoseconds(1)) == file);
  loop.run_once(std::chrono::milliseconds(1000));
  CHECK_STR(content_of(cache, moment + std::chrono::nanoseconds(2)), "other");
}

TEST(src_nghttpd_cache, what_the_kernel_does_not_tell_is_found_after_a_while) {
  const Place place;
  fs::create_directory(place.path() / "a");
  fs::create_directory(place.path() / "b");
  place.write("one", "a/file");
  place.write("other", "b/file");
  fs::create_directory_symlink("a", place.path() / "link");
  const auto root = nghttpd::DocumentRoot::open(place.path(), false);
  REQUIRE(root.ok());
  net::EventLoop loop;
  nghttpd::ChangeMonitor monitor(loop);
  ResourceCache cache(*root, &monitor);
  const auto moment = ResourceCache::Clock::now();
  CHECK_EQ(cache.find("/link/file", moment)->forms[0].size, 3u);
  fs::remove(place.path() / "link");
  fs::create_directory_symlink("b", place.path() / "link");
  const auto later = moment + ResourceCache::kLifetime;
  CHECK_EQ(cache.find("/link/file", later)->forms[0].size, 5u);
}

TEST(src_nghttpd_cache, memory_and_descriptors_are_bounded) {
  const Place place;
  const std::string content(120 * 1024, 'x');
  const std::size_t count = ResourceCache::kMaxContentBytes / content.size() + 10;
  for (std::size_t i = 0; i < count; ++i)
    place.write(content, ("f" + std::to_string(i)).c_str());
  const auto root = nghttpd::DocumentRoot::open(place.path(), false);
  REQUIRE(root.ok());
  ResourceCache cache(*root);
  const auto moment = ResourceCache::Clock::now();
  const auto first = cache.find("/f0", moment);
  const auto second = cache.find("/f1", moment);
  for (std::size_t i = 2; i < count; ++i) {
    cache.find("/f" + std::to_string(i), moment);
    // What is used stays.
    CHECK(cache.find("/f0", moment) == first);
  }
  CHECK(cache.find("/f1", moment) != second);
}

TEST(src_nghttpd_cache, large_files_stay_on_disk_and_fail_when_they_change) {
  const Place place;
  place.write(std::string(200 * 1024, 'x'));
  const auto root = nghttpd::DocumentRoot::open(place.path(), false);
  REQUIRE(root.ok());
  ResourceCache cache(*root);
  const auto file = cache.find("/file", ResourceCache::Clock::now());
  REQUIRE(file->forms.size() == 1);
  const nghttpd::Form& form = file->forms[0];
  CHECK(form.content == nullptr && form.fd != nullptr);
  std::string buffer(100 * 1024, '\0');
  const std::span<std::uint8_t> out(reinterpret_cast<std::uint8_t*>(buffer.data()), buffer.size());
  auto body = nghttpd::form_body(form, 0, form.size);
  CHECK(body->read(out) && body->read(out));
  body = nghttpd::form_body(form, 0, form.size);
  CHECK(body->read(out));
  place.write(std::string(200 * 1024 - 1, 'y') + "z");
  CHECK(!body->read(out));
}

TEST(src_nghttpd_cache, siblings_are_forms_unless_they_are_older) {
  const Place place;
  place.write("one");
  place.write("1", "file.br");
  place.write("22", "file.gz");
  const auto root = nghttpd::DocumentRoot::open(place.path(), false);
  REQUIRE(root.ok());
  const auto later = fs::last_write_time(place.path() / "file");
  fs::last_write_time(place.path() / "file.br", later - std::chrono::seconds(5));
  const auto resource = nghttpd::open_resource(*root, "file");
  REQUIRE(resource->forms.size() == 2);
  CHECK(resource->form(nghttpd::Coding::br) == nullptr);
  CHECK_EQ(resource->form(nghttpd::Coding::gzip)->size, 2u);
}
