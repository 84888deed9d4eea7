// SPDX-License-Identifier: MIT
// Everything that records a run: opened before it, told of each session, finished after it.
#pragma once

#include <memory>
#include <optional>

#include "base/result.h"
#include "nghttp/capture.h"
#include "nghttp/config.h"
#include "nghttp/journal.h"
#include "nghttp/json_trace.h"
#include "nghttp/report_file.h"
#include "trace/connection_trace.h"
#include "trace/log_reasons.h"

namespace nghttp {

class Observation {
 public:
  // Opens the files that are to be written.
  static base::Result<std::unique_ptr<Observation>> open(const ObservationConfig& config);

  bool keeps_records() const { return har_ || waterfall_; }
  void add(Session session) { journal_.add(std::move(session)); }

  // nullptr without --pcapng.
  Capture* capture() const { return capture_.get(); }

  // Where to say which rules frames break, besides --json.
  void explain_in(std::shared_ptr<http2::FrameLog> log);

  // The trace of the next connection; nullptr if nobody wants one.
  std::shared_ptr<trace::ConnectionTrace> trace_connection();

  // When the run began.
  Request::Time began() const { return journal_.began(); }

  // Writes what is written at the end; the first error.
  base::Result<void> finish();

 private:
  Observation() = default;

  Journal journal_;
  std::optional<ReportFile> har_;
  std::optional<ReportFile> waterfall_;
  std::shared_ptr<Capture> capture_;
  std::unique_ptr<JsonTrace> json_;
  std::unique_ptr<trace::LogReasons> reasons_;
  bool explains_ = false;
  unsigned traced_connections_ = 0;
};

}  // namespace nghttp
