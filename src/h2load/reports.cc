// SPDX-License-Identifier: MIT
// All that is told of a run besides what is logged for each request.
#include "h2load/reports.h"

#include <config.h>
#include <unistd.h>

#include <utility>

#include "base/file.h"
#include "base/text.h"
#include "h2load/csv.h"
#include "h2load/html_report.h"
#include "h2load/result_json.h"
#include "h2load/text_report.h"

namespace h2load {

#ifndef HAVE_JANSSON
// Without Jansson these options are refused, and neither is called.
std::string write_result(const Result&) {
  return {};
}
std::string write_second(const Second&) {
  return {};
}
#endif

base::Result<Reports> Reports::open(const ReportConfig& config) {
  const std::string* paths[] = {&config.result_path, &config.seconds_path, &config.csv_path,
                                &config.html_path};
  std::vector<ReportFile> files;
  for (const std::string* path : paths) {
    auto file = ReportFile::open(*path);
    if (!file) return base::Error{file.error()};
    files.push_back(*std::move(file));
  }
  // A run without a whole second still leaves a file of its own.
  if (const auto emptied = files[1].append(""); !emptied) return base::Error{emptied.error()};
  return Reports(config, std::move(files[0]), std::move(files[1]), std::move(files[2]),
                 std::move(files[3]));
}

void Reports::add_second(const Second& second) {
  if (!seconds_ || !problem_.empty()) return;
  if (const auto written = seconds_.append(write_second(second)); !written)
    problem_ = written.error();
}

base::Result<void> Reports::finish(const Result& result) {
  std::string text = format_report(result);
  if (config_.bars) text += format_bars(result.latencies.request);
  const auto keep_problem = [this](const base::Result<void>& outcome) {
    if (!outcome && problem_.empty()) problem_ = outcome.error();
  };
  // Whatever cannot be written, the rest is.
  keep_problem(base::write_all(STDOUT_FILENO, base::as_bytes(text)));
  if (result_) keep_problem(result_.write(write_result(result)));
  if (csv_) keep_problem(csv_.write(write_csv(result)));
  if (html_) keep_problem(html_.write(format_html(result)));
  if (!problem_.empty()) return base::Error{problem_};
  return {};
}

}  // namespace h2load
