// SPDX-License-Identifier: MIT
// What the file of --scenario says, checked and ready to be used by all threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/url.h"
#include "h2load/capture.h"
#include "h2load/scenario_variable.h"
#include "h2load/status_set.h"
#include "h2load/text_template.h"
#include "h2load/think_time.h"

namespace h2load {

using SharedText = std::shared_ptr<const std::string>;

struct ScenarioField {
  std::string name;  // in lower case
  TextTemplate value;
};

struct ScenarioRequest {
  // What the report calls it, by its index in Scenario::names.
  std::uint32_t label = 0;
  std::uint64_t weight = 1;
  std::string method;
  // Scheme, host and port, if the file names them.
  std::optional<base::Url> origin;
  TextTemplate path;
  std::vector<ScenarioField> headers;
  // One of them, or neither.
  SharedText fixed_body;
  std::optional<TextTemplate> body;
  std::vector<ScenarioField> trailers;
  StatusSet expected;
  std::vector<Capture> captures;
  ThinkTime think_time;
  // Those of Scenario::variables that have a new value for this request.
  std::vector<std::size_t> renewed_sources;

  bool has_body() const { return fixed_body || body; }
};

struct ScenarioSet {
  std::uint64_t weight = 1;
  // One after the other, each when the one before has its response; otherwise by their weights.
  bool is_sequence = false;
  // Whether the rest of a sequence is left out when one has failed.
  bool leave_on_failure = true;
  std::vector<ScenarioRequest> requests;
};

struct Scenario {
  // Of the members here, this alone may be changed before the run: --seed.
  std::optional<std::uint64_t> seed;
  std::size_t max_capture = 0;
  VariableSet variables;
  // What each client does first; a sequence.
  ScenarioSet setup;
  std::vector<ScenarioSet> sets;
  std::vector<std::string> names;

  template <class Visit>
  void for_each_request(Visit visit) const {
    for (const ScenarioRequest& request : setup.requests)
      visit(request);
    for (const ScenarioSet& set : sets)
      for (const ScenarioRequest& request : set.requests)
        visit(request);
  }
};

// Reads the file and those that it names; paths in it are relative to its folder. The error has the
// line and the place in the file.
base::Result<std::unique_ptr<Scenario>> read_scenario(const std::string& path);

}  // namespace h2load
