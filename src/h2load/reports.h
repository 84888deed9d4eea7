// SPDX-License-Identifier: MIT
// All that is told of a run besides what is logged for each request.
#pragma once

#include <string>

#include "base/result.h"
#include "h2load/report_config.h"
#include "h2load/report_file.h"
#include "h2load/result.h"

namespace h2load {

class Reports {
 public:
  // Opens the files, so that what cannot be written is known before the run.
  static base::Result<Reports> open(const ReportConfig& config);

  // While the run goes on; by one thread at a time. A mistake is kept for finish().
  void add_second(const Second& second);
  // Writes the files, then the text to standard output.
  base::Result<void> finish(const Result& result);

 private:
  Reports(const ReportConfig& config, ReportFile result, ReportFile seconds, ReportFile csv,
          ReportFile html)
      : config_(config),
        result_(std::move(result)),
        seconds_(std::move(seconds)),
        csv_(std::move(csv)),
        html_(std::move(html)) {}

  ReportConfig config_;
  ReportFile result_;
  ReportFile seconds_;
  ReportFile csv_;
  ReportFile html_;
  std::string problem_;
};

}  // namespace h2load
