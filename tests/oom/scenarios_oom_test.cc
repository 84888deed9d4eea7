// SPDX-License-Identifier: MIT
// Runs every scenario with every allocation failing in turn: the library must answer
// NGHTTP2_ERR_NOMEM or manage without, and must give all memory back.
#include <algorithm>
#include <string>

#include "support/alloc_probe.h"
#include "support/check.h"
#include "support/golden.h"
#include "support/tokens.h"

namespace {

using support::AllocProbe;
using support::Scenario;

// Scenarios of thousands of frames are sampled; the others have every allocation tried.
constexpr std::size_t kMostPoints = 150;

void complain(const Scenario& scenario, const std::string& when, const std::string& what) {
  const std::string text = scenario.name() + " (" + when + "): " + what;
  check::report(false, text.c_str(), scenario.file.c_str(), scenario.line);
}

// Runs with one failure and returns whether everything was as it should be.
bool check_failure(const Scenario& scenario, AllocProbe::Failing failing, std::size_t fail_at) {
  AllocProbe probe(failing, fail_at);
  const auto outcome = support::run_scenario(scenario, {}, probe.mem());
  const std::string when = "allocation " + std::to_string(fail_at) +
                           (failing == AllocProbe::Failing::once ? " fails" : " and later fail");
  if (!probe.complaint().empty()) {
    complain(scenario, when, probe.complaint());
    return false;
  }
  if (outcome.out_of_memory) return true;
  // What the library can do without, it must do without a trace.
  const std::string difference = support::first_difference(outcome.events, scenario.events);
  if (difference.empty()) return true;
  complain(scenario, when, "neither NGHTTP2_ERR_NOMEM nor success: " + difference);
  return false;
}

void check_scenario(const Scenario& scenario) {
  AllocProbe probe;
  support::run_scenario(scenario, {}, probe.mem());
  if (!probe.complaint().empty()) {
    complain(scenario, "no failure", probe.complaint());
    return;
  }
  const std::size_t count = probe.allocation_count();
  const std::size_t step = std::max<std::size_t>(1, count / kMostPoints);
  for (std::size_t at = 0; at < count; at += step) {
    if (!check_failure(scenario, AllocProbe::Failing::once, at)) return;
    if (!check_failure(scenario, AllocProbe::Failing::from_then_on, at)) return;
  }
}

}  // namespace

TEST(oom, scenarios) {
  try {
    for (const Scenario& scenario : support::load_scenarios(TESTS_DIR "/golden")) {
      check_scenario(scenario);
    }
  } catch (const support::ScriptError& error) {
    check::report(false, error.what(), __FILE__, __LINE__);
  }
}
