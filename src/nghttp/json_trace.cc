// SPDX-License-Identifier: MIT
// The trace of --json and where it goes.
#include "nghttp/json_trace.h"

#include <config.h>

#include <utility>

#ifdef HAVE_JANSSON
#include "trace/json_lines.h"
#endif

namespace nghttp {

#ifdef HAVE_JANSSON

base::Result<std::unique_ptr<JsonTrace>> JsonTrace::open(const ObservationConfig& config,
                                                         const Journal& journal) {
  auto file = ReportFile::open(config.json_path);
  if (!file) return base::Error{file.error()};
  std::unique_ptr<JsonTrace> out(new JsonTrace(*std::move(file)));
  trace::JsonLinesOptions options;
  options.start = journal.began();
  options.start_of_day_time = journal.began_at();
  options.with_data = config.json_data;
  options.write = [self = out.get()](std::string_view line) {
    if (self->result_) self->result_ = self->file_.write(line);
  };
  out->sink_ = std::make_unique<trace::JsonLines>(std::move(options));
  return out;
}

#else

base::Result<std::unique_ptr<JsonTrace>> JsonTrace::open(const ObservationConfig&, const Journal&) {
  return base::Error{"--json needs Jansson, without which this nghttp was built"};
}

#endif

}  // namespace nghttp
