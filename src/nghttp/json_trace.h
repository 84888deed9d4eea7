// SPDX-License-Identifier: MIT
// The trace of --json and where it goes.
#pragma once

#include <memory>

#include "base/result.h"
#include "nghttp/journal.h"
#include "nghttp/observation_config.h"
#include "nghttp/report_file.h"
#include "trace/sink.h"

namespace nghttp {

class JsonTrace {
 public:
  // Fails without Jansson, too.
  static base::Result<std::unique_ptr<JsonTrace>> open(const ObservationConfig& config,
                                                       const Journal& journal);

  trace::Sink& sink() { return *sink_; }

  // The first failure to write.
  const base::Result<void>& result() const { return result_; }

 private:
  explicit JsonTrace(ReportFile file) : file_(std::move(file)) {}

  ReportFile file_;
  base::Result<void> result_;
  std::unique_ptr<trace::Sink> sink_;
};

}  // namespace nghttp
