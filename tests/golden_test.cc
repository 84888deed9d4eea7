// SPDX-License-Identifier: MIT
// Runs the scenarios of tests/golden in every way of feeding and sending.
#include <string>

#include "support/check.h"
#include "support/golden.h"
#include "support/scenario_modes.h"
#include "support/tokens.h"

namespace {

using support::Scenario;

constexpr const char kFolder[] = TESTS_DIR "/golden";

void check_scenario(const Scenario& scenario, const support::NamedMode& mode) {
  const auto outcome = support::run_scenario(scenario, mode.mode);
  const std::string difference = support::first_difference(outcome.events, scenario.events);
  if (difference.empty()) return;
  const std::string where = scenario.name() + " (" + mode.name + "): " + difference;
  check::report(false, where.c_str(), scenario.file.c_str(), scenario.line);
}

void check_all(const support::NamedMode& mode) {
  try {
    unsigned count = 0;
    for (const Scenario& scenario : support::load_scenarios(kFolder)) {
      if (!support::is_applicable(scenario, mode.mode)) continue;
      check_scenario(scenario, mode);
      ++count;
    }
    CHECK(count > 60);
  } catch (const support::ScriptError& error) {
    check::report(false, error.what(), __FILE__, __LINE__);
  }
}

}  // namespace

TEST(golden, whole) {
  check_all(support::kModes[0]);
}

TEST(golden, octet_by_octet) {
  check_all(support::kModes[1]);
}

TEST(golden, random_pieces) {
  check_all(support::kModes[2]);
  check_all(support::kModes[3]);
}

TEST(golden, through_callbacks) {
  check_all(support::kModes[4]);
  check_all(support::kModes[5]);
}

TEST(golden, newer_size_type) {
  check_all(support::kModes[6]);
  check_all(support::kModes[7]);
}

TEST(golden, into_memory_of_one_octet) {
  check_all(support::kModes[8]);
}
