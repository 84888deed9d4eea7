// SPDX-License-Identifier: MIT
// Tests of paths and of keeping look-ups inside the document root.
#include "nghttpd/document_root.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "support/check.h"

namespace {

namespace fs = std::filesystem;
using nghttpd::OpenStatus;

std::string path_of(std::string_view target) {
  return nghttpd::file_path(target).value_or("invalid");
}

// A directory with a root inside it and a secret beside the root; gone at the end.
class Tree {
 public:
  Tree() {
    std::string name = (fs::temp_directory_path() / "nghttpd-root-XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) place_ = name;
    fs::create_directories(root() / "sub");
    write(place_ / "secret", "secret");
    write(root() / "file.txt", "12345");
    write(root() / "sub/index.html", "index");
    fs::create_symlink("../secret", root() / "escape");
    fs::create_symlink(place_ / "secret", root() / "absolute");
    fs::create_symlink("..", root() / "sub/up");
    fs::create_symlink("file.txt", root() / "inside");
  }
  ~Tree() { fs::remove_all(place_); }
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  fs::path root() const { return place_ / "root"; }

 private:
  static void write(const fs::path& path, std::string_view content) {
    std::ofstream(path) << content;
  }

  fs::path place_;
};

OpenStatus status_of(const nghttpd::DocumentRoot& root, const char* path) {
  return root.open_file(path).status;
}

}  // namespace

TEST(src_nghttpd_document_root, paths_are_decoded_then_normalised) {
  CHECK_STR(path_of("/"), "");
  CHECK_STR(path_of("/a/b"), "a/b");
  CHECK_STR(path_of("/a%20b?q=/../x#f"), "a b");
  CHECK_STR(path_of("/./a/../b/"), "b/");
  CHECK_STR(path_of("/../../etc/passwd"), "etc/passwd");
  CHECK_STR(path_of("/%2e%2e/%2E%2e%2fetc/passwd"), "etc/passwd");
  CHECK_STR(path_of("//etc/passwd"), "etc/passwd");
  CHECK_STR(path_of("/%2f%2fetc"), "etc");
}

TEST(src_nghttpd_document_root, bad_targets_are_refused) {
  for (const char* target : {"", "*", "a", "?x", "/%", "/%2", "/%zz", "/a%00b"}) {
    CHECK_STR(path_of(target), "invalid");
  }
}

TEST(src_nghttpd_document_root, opens_files_and_tells_directories) {
  const Tree tree;
  const auto root = nghttpd::DocumentRoot::open(tree.root(), false);
  REQUIRE(root.ok());
  const nghttpd::OpenedFile file = root->open_file("file.txt");
  CHECK(file.status == OpenStatus::file);
  CHECK_EQ(file.size, 5u);
  CHECK(status_of(*root, "") == OpenStatus::directory);
  CHECK(status_of(*root, "sub") == OpenStatus::directory);
  CHECK(status_of(*root, "sub/index.html") == OpenStatus::file);
  CHECK(status_of(*root, "nothing") == OpenStatus::not_found);
  CHECK(status_of(*root, "file.txt/x") == OpenStatus::not_found);
  CHECK(status_of(*root, "file.txt/") == OpenStatus::not_found);
  CHECK(status_of(*root, "inside") == OpenStatus::file);
}

TEST(src_nghttpd_document_root, nothing_leads_out) {
  const Tree tree;
  const auto root = nghttpd::DocumentRoot::open(tree.root(), false);
  REQUIRE(root.ok());
  for (const char* path :
       {"../secret", "escape", "absolute", "sub/up/../secret", "sub/../../secret", "/etc/passwd"}) {
    CHECK(status_of(*root, path) != OpenStatus::file);
  }
}

TEST(src_nghttpd_document_root, links_are_followed_on_request) {
  const Tree tree;
  const auto root = nghttpd::DocumentRoot::open(tree.root(), true);
  REQUIRE(root.ok());
  CHECK(status_of(*root, "escape") == OpenStatus::file);
  CHECK(status_of(*root, "absolute") == OpenStatus::file);
}

TEST(src_nghttpd_document_root, a_missing_root_is_an_error) {
  CHECK(!nghttpd::DocumentRoot::open("/nonexistent/root", false).ok());
}
