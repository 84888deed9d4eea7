// SPDX-License-Identifier: MIT
// Scenarios written in Markdown: a script of frames and calls, and the events it must give.
#pragma once

#include <nghttp2/nghttp2.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/newer_api.h"

namespace support {

// One `##` section of a scenario file: a fenced `wire` block and a fenced `events` block.
struct Scenario {
  std::string file;
  std::string title;
  unsigned line = 0;
  std::vector<std::string> script;
  std::vector<std::string> events;
  // The script's own limits: `whole` is for input whose splitting is allowed to show, `memory` for
  // what exists with nghttp2_session_mem_recv alone.
  bool is_whole_only = false;
  bool is_memory_only = false;

  std::string name() const { return file + ": " + title; }
};

// Reads one file, or every *.md of a folder in the order of their names. Throws ScriptError.
std::vector<Scenario> load_scenarios(const std::string& path);

enum class Feeding { whole, octet_by_octet, random_pieces };
// How output is taken: frame by frame, by callbacks, or into memory of one octet.
enum class Transport { memory, callbacks, octets };

// One way to run a scenario; the events must be the same in all.
struct RunMode {
  Feeding feeding = Feeding::whole;
  Transport transport = Transport::memory;
  Twins twins = Twins::ssize;
  std::uint32_t seed = 1;
};

struct Outcome {
  std::vector<std::string> events;
  // A call answered NGHTTP2_ERR_NOMEM; the script was given up there.
  bool out_of_memory = false;
};

// Runs a scenario; `mem` may be null. Throws ScriptError.
Outcome run_scenario(const Scenario& scenario, const RunMode& mode, nghttp2_mem* mem = nullptr);

// All that the peer sends in a scenario, with the beginning of the connection.
struct ScenarioInput {
  bool is_for_server = true;
  std::string bytes;
};
ScenarioInput scenario_input(const Scenario& scenario);

// Where two logs first differ, for a person; empty if they are equal.
std::string first_difference(const std::vector<std::string>& actual,
                             const std::vector<std::string>& expected);

}  // namespace support
