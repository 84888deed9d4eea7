// SPDX-License-Identifier: MIT
// Results in files: one, or several made into one: --merge.
#include "h2load/merge.h"

#include <utility>

#include "base/file.h"
#include "base/text.h"
#include "h2load/result_json.h"
#include "h2load/settings_diff.h"

namespace h2load {

namespace {

constexpr std::size_t kLargestFile = 512 * 1024 * 1024;

}  // namespace

base::Result<Result> load_result(const std::string& path) {
  auto text = base::read_file(path, kLargestFile);
  if (!text) return base::Error{text.error()};
  return read_result(path, *std::move(text));
}

base::Result<Result> merge_results(const std::vector<std::string>& paths,
                                   std::vector<std::string>& notes) {
  Result sum;
  sum.files = 0;
  for (const std::string& path : paths) {
    auto part = load_result(path);
    if (!part) return base::Error{part.error()};
    if (sum.files > 0) {
      for (const SettingDifference& difference : differing_settings(sum.settings, part->settings)) {
        notes.push_back(path + ": " + base::escape(difference.name, 64) + " is " + difference.b +
                        ", in " + paths.front() + " it is " + difference.a);
      }
    }
    sum.merge(*part);
    sum.files += part->files;
  }
  return sum;
}

}  // namespace h2load
