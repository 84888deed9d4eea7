// SPDX-License-Identifier: MIT
// h2load: a load generator for HTTP/2 and HTTP/1.1 servers.
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "base/log.h"
#include "base/program.h"
#include "h2load/connect.h"
#include "h2load/options.h"
#include "h2load/plan.h"
#include "h2load/run.h"
#include "h2load/text_report.h"

namespace h2load {

namespace {

constexpr int kFailed = 1;
constexpr int kSaturated = 3;

int fail(const std::string& text) {
  base::log_error(text);
  return kFailed;
}

// A ramp says by itself how long it takes.
void complete(Config& config) {
  if (config.ramp.empty() || config.is_timed() || config.requests) return;
  for (const RampStage& stage : config.ramp)
    config.duration += stage.duration;
}

int measure(Config&& config, std::vector<std::string>&& operands) {
  complete(config);
  if (const std::string problem = check_combination(config); !problem.empty()) {
    return base::usage_error(problem);
  }
  auto plan = make_plan(config, operands);
  if (!plan) return fail(plan.error());
  if (const auto found = find_servers(**plan); !found) return fail(found.error());
  const auto result = run(**plan, nullptr);
  if (!result) return fail(result.error());
  const std::string report = format_report(*result);
  std::fwrite(report.data(), 1, report.size(), stdout);
  if (const std::string& path = config.tls.session_file; !path.empty() && (*plan)->tls) {
    const auto session = (*plan)->tls->latest_session();
    if (session.empty()) return fail("the server gave no TLS session that could be resumed");
    if (const auto saved = session.save(path); !saved) return fail(saved.error());
  }
  return config.fail_if_saturated && result->generator.is_saturated() ? kSaturated : 0;
}

}  // namespace

}  // namespace h2load

int main(int argc, char** argv) {
  return base::run_program(h2load::option_table, argc, argv, h2load::measure, h2load::kFailed);
}
