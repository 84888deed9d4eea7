// SPDX-License-Identifier: MIT
// Options for what is told of a run.
#include "h2load/report_options.h"

#include <config.h>

#include "base/number.h"

namespace h2load {

namespace {

namespace args = base::args;

args::Setter<Config> path(std::string ReportConfig::*member) {
  return args::string([member](Config & config) -> auto& { return config.report.*member; });
}

args::Setter<Config> flag(bool ReportConfig::*member) {
  return args::flag([member](Config & config) -> auto& { return config.report.*member; });
}

std::string set_threshold(Config& config, std::string_view text) {
  const auto value = base::parse_decimal(text);
  if (!value || *value > 1000) return "a percentage in the range 0 to 1000";
  config.report.threshold_percent = *value;
  return {};
}

}  // namespace

args::Section<Config> result_section() {
  return {
      "Results",
      {
          {"output-file", 0, "<PATH>", path(&ReportConfig::result_path),
           "Write the result as JSON: settings, counts and whole histograms. This is what "
           "--compare and --merge read."},
          {"html", 0, "<PATH>", path(&ReportConfig::html_path),
           "Write a report with plots for browsers, which needs no other files."},
          {"csv", 0, "<PATH>", path(&ReportConfig::csv_path),
           "Write the figures of each second as comma separated values."},
          {"ndjson", 0, "<PATH>", path(&ReportConfig::seconds_path),
           "Write the figures of each second as a line of JSON, while the run goes on."},
          {"histogram", 0, "", flag(&ReportConfig::bars),
           "Show how many requests took how long, as bars of text."},
          {"compare", 0, "", flag(&ReportConfig::compare),
           "Make no requests; compare two results of --output-file, A and B, which are the "
           "operands. The exit status is 4 if B is worse."},
          {"threshold", 0, "<PERCENT>", set_threshold,
           "With --compare: B is worse if a percentile up to 99 or the rate is, by more than this "
           "and with 95% confidence; or if more requests have failed.",
           "5"},
          {"merge", 0, "", flag(&ReportConfig::merge),
           "Make no requests; report the sum of results of --output-file, which are the operands: "
           "as if one h2load had run on all machines at once."},
      }};
}

std::string check_reports(const Config& config) {
  const ReportConfig& report = config.report;
  if (report.compare && report.merge) return "--compare and --merge exclude each other";
#ifndef HAVE_JANSSON
  constexpr char kMissing[] = " needs Jansson, without which this h2load was built";
  if (!report.result_path.empty()) return std::string("--output-file") + kMissing;
  if (!report.seconds_path.empty()) return std::string("--ndjson") + kMissing;
  if (report.compare) return std::string("--compare") + kMissing;
  if (report.merge) return std::string("--merge") + kMissing;
#endif
  return {};
}

}  // namespace h2load
