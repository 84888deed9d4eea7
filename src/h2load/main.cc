// SPDX-License-Identifier: MIT
// h2load: a load generator for HTTP/2 and HTTP/1.1 servers.
#include <config.h>

#include <string>
#include <utility>
#include <vector>

#include "base/log.h"
#include "base/program.h"
#include "h2load/connect.h"
#include "h2load/console.h"
#include "h2load/live_line.h"
#include "h2load/offline.h"
#include "h2load/options.h"
#include "h2load/plan.h"
#include "h2load/reports.h"
#include "h2load/run.h"
#include "h2load/settings.h"

namespace h2load {

namespace {

constexpr int kFailed = 1;
constexpr int kSaturated = 3;
constexpr int kWorse = 4;

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

#ifdef HAVE_JANSSON
// Uses results that are there already.
int run_offline(const Config& config, const std::vector<std::string>& paths) {
  if (config.report.compare) {
    const auto is_worse = compare_files(paths, config.report);
    if (!is_worse) return fail(is_worse.error());
    return *is_worse ? kWorse : 0;
  }
  const auto merged = merge_files(paths, config.report);
  return merged ? 0 : fail(merged.error());
}
#else
// The options are refused.
int run_offline(const Config&, const std::vector<std::string>&) {
  return fail("this h2load was built without Jansson");
}
#endif

base::Result<void> save_session(const Plan& plan) {
  const std::string& path = plan.config.tls.session_file;
  if (path.empty() || !plan.tls) return {};
  const auto session = plan.tls->latest_session();
  if (session.empty()) return base::Error{"the server gave no TLS session that could be resumed"};
  return session.save(path);
}

int run_load(const Config& config, const std::vector<std::string>& uris) {
  auto plan = make_plan(config, uris);
  if (!plan) return fail(plan.error());
  auto reports = Reports::open(config.report);
  if (!reports) return fail(reports.error());
  if (const auto found = find_servers(**plan); !found) return fail(found.error());
  auto result = run(**plan, [&](const Second& second) {
    reports->add_second(second);
    if (const std::size_t columns = live_columns(); columns > 0)
      show_live(format_live(second, columns));
  });
  clear_live();
  if (!result) return fail(result.error());
  result->settings = settings_of(config, uris);
  if (const auto told = reports->finish(*result); !told) return fail(told.error());
  if (const auto saved = save_session(**plan); !saved) return fail(saved.error());
  return config.fail_if_saturated && result->generator.is_saturated() ? kSaturated : 0;
}

int measure(Config&& config, std::vector<std::string>&& operands) {
  complete(config);
  if (const std::string problem = check_combination(config); !problem.empty()) {
    return base::usage_error(problem);
  }
  if (config.report.compare || config.report.merge) return run_offline(config, operands);
  return run_load(config, operands);
}

}  // namespace

}  // namespace h2load

int main(int argc, char** argv) {
  return base::run_program(h2load::option_table, argc, argv, h2load::measure, h2load::kFailed);
}
