// SPDX-License-Identifier: MIT
#include "h2load/merge.h"

#include <unistd.h>

#include <chrono>
#include <string>

#include "base/file.h"
#include "h2load/result_json.h"
#include "support/check.h"

namespace {

using namespace h2load;
using namespace std::chrono_literals;

// A file that goes with the test.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& content)
      : file_(*base::create_temp_file("/tmp/h2load-merge-test-")) {
    CHECK(static_cast<bool>(base::write_file(file_.path, content)));
  }
  ~TemporaryFile() { ::unlink(file_.path.c_str()); }
  const std::string& path() const { return file_.path; }

 private:
  base::TempFile file_;
};

Result result_of(std::int64_t clients, std::uint64_t done, std::chrono::nanoseconds latency) {
  Result result;
  result.settings = {{"clients", clients}};
  result.duration = 3s;
  result.counts.done = done;
  for (std::uint64_t i = 0; i < done; ++i)
    result.latencies.request.record(latency);
  return result;
}

TEST(h2load_merge, adds_files) {
  const TemporaryFile a(write_result(result_of(10, 5, 1234567ns)));
  const TemporaryFile b(write_result(result_of(10, 3, 7654321ns)));
  std::vector<std::string> notes;
  const auto sum = merge_results({a.path(), b.path(), a.path()}, notes);
  REQUIRE(static_cast<bool>(sum));
  CHECK_EQ(sum->files, 3);
  CHECK_EQ(sum->counts.done, 13);
  CHECK_EQ(sum->latencies.request.count(), 13);
  CHECK_EQ(sum->latencies.request.moments().sum, 10 * 1234567 + 3 * 7654321);
  CHECK_EQ(sum->latencies.request.percentile(100), 7654321);
  CHECK(sum->duration == 3s);
  CHECK(notes.empty());
  const TemporaryFile again(write_result(*sum));
  const auto more = merge_results({again.path(), b.path()}, notes);
  REQUIRE(static_cast<bool>(more));
  CHECK_EQ(more->files, 4);
  CHECK_EQ(more->counts.done, 16);
}

TEST(h2load_merge, notes_settings_that_differ) {
  const TemporaryFile a(write_result(result_of(10, 1, 1us)));
  const TemporaryFile b(write_result(result_of(20, 1, 1us)));
  std::vector<std::string> notes;
  CHECK(static_cast<bool>(merge_results({a.path(), b.path()}, notes)));
  REQUIRE(notes.size() == 1);
  CHECK_STR(notes[0], b.path() + ": clients is 20, in " + a.path() + " it is 10");
}

TEST(h2load_merge, names_the_file_that_is_no_result) {
  const TemporaryFile a(write_result(result_of(10, 1, 1us)));
  const TemporaryFile bad("{\"format\": \"h2load result\"}");
  std::vector<std::string> notes;
  const auto sum = merge_results({a.path(), bad.path()}, notes);
  REQUIRE(!sum);
  CHECK_STR(sum.error(), bad.path() + ":1: \"version\" is missing");
  const auto missing = merge_results({"/nonexistent/x.json"}, notes);
  REQUIRE(!missing);
  CHECK(missing.error().find("/nonexistent/x.json") != std::string::npos);
}

}  // namespace
