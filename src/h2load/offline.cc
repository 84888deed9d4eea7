// SPDX-License-Identifier: MIT
// What is done with results that are there already: --compare and --merge.
#include "h2load/offline.h"

#include <unistd.h>

#include <utility>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "h2load/compare.h"
#include "h2load/merge.h"
#include "h2load/reports.h"

namespace h2load {

base::Result<bool> compare_files(const std::vector<std::string>& paths,
                                 const ReportConfig& config) {
  if (paths.size() != 2) {
    return base::Error{"--compare needs two files, results of --output-file; there are " +
                       std::to_string(paths.size())};
  }
  NamedResult results[2];
  for (std::size_t i = 0; i < 2; ++i) {
    auto result = load_result(paths[i]);
    if (!result) return base::Error{result.error()};
    results[i] = {paths[i], *std::move(result)};
  }
  const double threshold = config.threshold_percent / 100;
  const auto comparisons = compare(results[0].result, results[1].result, threshold);
  const std::string text = format_comparison(results[0], results[1], comparisons, threshold);
  if (const auto written = base::write_all(STDOUT_FILENO, base::as_bytes(text)); !written)
    return base::Error{written.error()};
  return is_worse(comparisons);
}

base::Result<void> merge_files(const std::vector<std::string>& paths, const ReportConfig& config) {
  if (paths.empty()) return base::Error{"--merge needs files, results of --output-file"};
  std::vector<std::string> notes;
  const auto sum = merge_results(paths, notes);
  if (!sum) return base::Error{sum.error()};
  for (const std::string& note : notes)
    base::log_warning(note);
  // Only now: the file that is written may be one of those that were read.
  auto reports = Reports::open(config);
  if (!reports) return base::Error{reports.error()};
  for (const Second& second : sum->seconds)
    reports->add_second(second);
  return reports->finish(*sum);
}

}  // namespace h2load
