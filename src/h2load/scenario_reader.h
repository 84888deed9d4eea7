// SPDX-License-Identifier: MIT
// Parts of the reading of a scenario. Mistakes are told to the nodes' document.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "h2load/scenario.h"
#include "h2load/variable_names.h"
#include "json/document.h"

namespace h2load {

// What every part needs.
struct ScenarioContext {
  Scenario& scenario;
  VariableNames& names;
  // Where paths begin that are not absolute; "" or ends with '/'.
  std::string folder;

  std::string path_of(const std::string& path) const {
    return path.starts_with('/') ? path : folder + path;
  }
};

// The member "variables".
void read_variables(const json::Node& node, ScenarioContext& context);
// Makes the variables known that an array of requests captures.
void read_capture_names(const json::Node& requests, ScenarioContext& context);
// A member of an array of requests. In a sequence there are no weights; what has no time to think
// of its own has that of its set.
ScenarioRequest read_request(const json::Node& node, ScenarioContext& context, bool is_sequence,
                             const ThinkTime& think_time);
// The member "headers" or "trailers".
std::vector<ScenarioField> read_fields(const json::Node& node, ScenarioContext& context);
// The member "capture".
std::vector<Capture> read_captures(const json::Node& node, ScenarioContext& context);
ThinkTime read_think_time(const json::Node& node);
// Text for variables, which a mistake leaves empty.
TextTemplate read_template(const json::Node& node, const std::string& text, Escaping escaping,
                           ScenarioContext& context);

// An integer of at least 1.
std::uint64_t read_positive(const json::Node& node, std::uint64_t max);
// One of these words: its index. A node that is not there means the first.
std::size_t read_word(const json::Node& node, const std::vector<std::string_view>& words);

}  // namespace h2load
