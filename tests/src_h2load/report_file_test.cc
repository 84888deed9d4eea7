// SPDX-License-Identifier: MIT
#include "h2load/report_file.h"

#include <unistd.h>

#include "support/check.h"

namespace {

using h2load::ReportFile;

class Path {
 public:
  Path() : path_((*base::create_temp_file("/tmp/h2load-report-file-test-")).path) {
    CHECK(static_cast<bool>(base::write_file(path_, "from the last run")));
  }
  ~Path() { ::unlink(path_.c_str()); }
  const std::string& path() const { return path_; }
  std::string content() const { return *base::read_file(path_); }

 private:
  std::string path_;
};

TEST(h2load_report_file, keeps_what_is_there_until_there_is_something_better) {
  const Path path;
  auto file = ReportFile::open(path.path());
  REQUIRE(static_cast<bool>(file));
  CHECK_STR(path.content(), "from the last run");
  CHECK(static_cast<bool>(file->write("new")));
  CHECK_STR(path.content(), "new");
}

TEST(h2load_report_file, grows) {
  const Path path;
  auto file = ReportFile::open(path.path());
  REQUIRE(static_cast<bool>(file));
  CHECK(static_cast<bool>(file->append("a")));
  CHECK(static_cast<bool>(file->append("b")));
  CHECK_STR(path.content(), "ab");
}

TEST(h2load_report_file, may_be_none) {
  auto file = ReportFile::open("");
  REQUIRE(static_cast<bool>(file));
  CHECK(!*file);
  CHECK(static_cast<bool>(file->append("a")));
}

TEST(h2load_report_file, names_what_cannot_be_written) {
  const auto file = ReportFile::open("/nonexistent/report.html");
  REQUIRE(!file);
  CHECK(file.error().find("/nonexistent/report.html") != std::string::npos);
  auto full = ReportFile::open("/dev/full");
  REQUIRE(static_cast<bool>(full));
  const auto written = full->write("x");
  REQUIRE(!written);
  CHECK(written.error().find("/dev/full: ") != std::string::npos);
}

}  // namespace
