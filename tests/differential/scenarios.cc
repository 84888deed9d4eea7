// SPDX-License-Identifier: MIT
// Runs the golden scenarios with whatever libnghttp2 the dynamic linker finds.
//
//   scenarios print PATH...             the events of every scenario
//   scenarios seeds FOLDER PATH...      what the peer sends in each, as seeds for the fuzz targets
//                                       session_server and session_client
//   scenarios compare KNOWN PATH...     exit status 1 unless the scenarios that differ from their
//                                       files are exactly those that KNOWN lists
//
// KNOWN has one scenario a line, "file.md: title", then " | " and the reason.
#include <cstdio>
#include <cstring>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "support/golden.h"
#include "support/tokens.h"

namespace {

using support::Scenario;

std::vector<Scenario> load_all(int count, char** paths) {
  std::vector<Scenario> scenarios;
  for (int i = 0; i < count; ++i) {
    for (Scenario& scenario : support::load_scenarios(paths[i])) {
      scenarios.push_back(std::move(scenario));
    }
  }
  return scenarios;
}

int print(const std::vector<Scenario>& scenarios) {
  for (const Scenario& scenario : scenarios) {
    std::printf("=== %s\n", scenario.name().c_str());
    std::fflush(stdout);
    for (const std::string& line : support::run_scenario(scenario, {}).events) {
      std::printf("%s\n", line.c_str());
    }
    std::fflush(stdout);
  }
  return 0;
}

// The file name of a seed: the title in lower case, the rest of its characters as underscores.
std::string seed_name(const Scenario& scenario) {
  std::string name = scenario.file.substr(0, scenario.file.find('.')) + "_";
  for (const char c : scenario.title) {
    const bool is_kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (c >= 'A' && c <= 'Z') name.push_back(static_cast<char>(c - 'A' + 'a'));
    if (is_kept) name.push_back(c);
    if (!is_kept && (c < 'A' || c > 'Z') && name.back() != '_') name.push_back('_');
  }
  return name;
}

// A seed is the piece size, the options and the behaviour of the target, then the octets.
int write_seeds(const std::string& folder, const std::vector<Scenario>& scenarios) {
  constexpr std::size_t kLongest = 4096;
  for (const Scenario& scenario : scenarios) {
    const auto input = support::scenario_input(scenario);
    if (input.bytes.empty() || input.bytes.size() > kLongest) continue;
    const std::string target = input.is_for_server ? "session_server" : "session_client";
    std::ofstream file(folder + "/" + target + "/" + seed_name(scenario), std::ios::binary);
    file << std::string("\xff\x60\x20", 3) << input.bytes;
    if (!file) throw support::ScriptError("cannot write seeds to " + folder);
  }
  return 0;
}

std::map<std::string, std::string> load_known(const char* path) {
  std::ifstream input(path);
  if (!input) throw support::ScriptError(std::string("cannot read ") + path);
  std::map<std::string, std::string> known;
  std::string line;
  while (std::getline(input, line)) {
    if (line.empty() || line[0] == '#') continue;
    const std::size_t bar = line.find(" | ");
    if (bar == std::string::npos) throw support::ScriptError("no reason is given: " + line);
    known[line.substr(0, bar)] = line.substr(bar + 3);
  }
  return known;
}

int compare(const char* known_path, const std::vector<Scenario>& scenarios) {
  std::map<std::string, std::string> known = load_known(known_path);
  unsigned equal = 0;
  unsigned excused = 0;
  unsigned wrong = 0;
  for (const Scenario& scenario : scenarios) {
    const auto outcome = support::run_scenario(scenario, {});
    const std::string difference = support::first_difference(outcome.events, scenario.events);
    const bool is_known = known.erase(scenario.name()) > 0;
    if (difference.empty() != is_known) {
      ++(is_known ? excused : equal);
      continue;
    }
    ++wrong;
    std::printf("%s: %s\n", scenario.name().c_str(),
                is_known ? "listed as a difference, but there is none" : difference.c_str());
  }
  for (const auto& [name, reason] : known) {
    ++wrong;
    std::printf("%s: no such scenario, listed because: %s\n", name.c_str(), reason.c_str());
  }
  std::printf("libnghttp2 %s: %u equal, %u known differences, %u wrong\n",
              nghttp2_version(0)->version_str, equal, excused, wrong);
  return wrong == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc >= 3 && std::strcmp(argv[1], "print") == 0) {
    return print(load_all(argc - 2, argv + 2));
  }
  if (argc >= 4 && std::strcmp(argv[1], "seeds") == 0) {
    return write_seeds(argv[2], load_all(argc - 3, argv + 3));
  }
  if (argc >= 4 && std::strcmp(argv[1], "compare") == 0) {
    return compare(argv[2], load_all(argc - 3, argv + 3));
  }
  std::fprintf(stderr, "usage: %s print PATH... | seeds FOLDER PATH... | compare KNOWN PATH...\n",
               argv[0]);
  return 2;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 2;
}
