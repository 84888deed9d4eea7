// SPDX-License-Identifier: MIT
// Everything that records a run.
#include "nghttp/observation.h"

#include <utility>

#include "nghttp/har.h"
#include "nghttp/waterfall.h"

namespace nghttp {

namespace {

base::Result<void> open_if_named(const std::string& path, std::optional<ReportFile>& file) {
  if (path.empty()) return {};
  auto opened = ReportFile::open(path);
  if (!opened) return base::Error{opened.error()};
  file = *std::move(opened);
  return {};
}

}  // namespace

base::Result<std::unique_ptr<Observation>> Observation::open(const ObservationConfig& config) {
  std::unique_ptr<Observation> out(new Observation);
  if (auto done = open_if_named(config.har_path, out->har_); !done) {
    return base::Error{done.error()};
  }
  if (auto done = open_if_named(config.waterfall_path, out->waterfall_); !done) {
    return base::Error{done.error()};
  }
  if (!config.capture_path.empty()) {
    auto capture = Capture::open(config.capture_path);
    if (!capture) return base::Error{capture.error()};
    out->capture_ = *std::move(capture);
  }
  out->explains_ = config.explain;
  if (!config.json_path.empty()) {
    auto json = JsonTrace::open(config, out->journal_);
    if (!json) return base::Error{json.error()};
    out->json_ = *std::move(json);
  }
  return out;
}

void Observation::explain_in(std::shared_ptr<http2::FrameLog> log) {
  reasons_ = std::make_unique<trace::LogReasons>(std::move(log));
}

std::shared_ptr<trace::ConnectionTrace> Observation::trace_connection() {
  std::vector<trace::Sink*> sinks;
  if (json_) sinks.push_back(&json_->sink());
  if (reasons_) sinks.push_back(reasons_.get());
  if (sinks.empty()) return nullptr;
  const auto explanations = explains_ ? trace::Explanations::yes : trace::Explanations::no;
  return std::make_shared<trace::ConnectionTrace>(++traced_connections_, std::move(sinks),
                                                  explanations);
}

base::Result<void> Observation::finish() {
  base::Result<void> done;
  if (har_) done = har_->write(format_har(journal_));
  if (waterfall_) {
    auto written = waterfall_->write(format_waterfall(journal_));
    if (done) done = std::move(written);
  }
  if (done && capture_ && !capture_->result()) {
    done = base::Error{capture_->result().error()};
  }
  if (done && json_ && !json_->result()) done = base::Error{json_->result().error()};
  return done;
}

}  // namespace nghttp
