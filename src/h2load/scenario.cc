// SPDX-License-Identifier: MIT
// Reading the file of --scenario.
#include "h2load/scenario.h"

#include <utility>

#include "base/file.h"
#include "base/text.h"
#include "h2load/scenario_reader.h"

namespace h2load {

namespace {

constexpr std::size_t kMaxFileBytes = std::size_t{16} << 20;
constexpr std::size_t kMaxSets = 100;
// Each has a histogram for each thread.
constexpr std::size_t kMaxRequests = 200;
constexpr std::uint64_t kMaxWeight = 1'000'000;
constexpr std::size_t kDefaultCapture = std::size_t{256} << 10;
constexpr std::size_t kMaxCapture = std::size_t{16} << 20;

// A client has one connection, hence a sequence is of one host.
bool is_of_one_host(const ScenarioSet& set) {
  const base::Url* host = nullptr;
  for (const ScenarioRequest& request : set.requests) {
    if (!request.origin) continue;
    if (host && host->origin() != request.origin->origin()) return false;
    host = &*request.origin;
  }
  return true;
}

void read_requests(const json::Node& node, ScenarioContext& context, ScenarioSet& set,
                   const ThinkTime& think_time) {
  if (node.is_array() && node.size() == 0) node.fail("expected at least one request");
  for (std::size_t i = 0; i < node.size() && i <= kMaxRequests; ++i)
    set.requests.push_back(read_request(node.element(i), context, set.is_sequence, think_time));
  if (set.is_sequence && !is_of_one_host(set)) {
    node.fail("the requests of a sequence are for several hosts");
  }
}

ScenarioSet read_set(const json::Node& node, ScenarioContext& context) {
  ScenarioSet set;
  set.is_sequence = read_word(node.find("order"), {"independent", "sequence"}) == 1;
  if (set.is_sequence) {
    node.expect_only({"weight", "order", "on_failure", "think_time", "requests"});
  } else {
    node.expect_only({"weight", "order", "think_time", "requests"});
  }
  set.weight = read_positive(node.find("weight"), kMaxWeight);
  set.leave_on_failure = read_word(node.find("on_failure"), {"leave", "continue"}) == 0;
  read_requests(node.member("requests"), context, set, read_think_time(node.find("think_time")));
  return set;
}

// Captured values must be fit for where they go, which is known only now.
void mark_captures(Scenario& scenario, const VariableNames& names) {
  const auto mark = [&](ScenarioSet& set) {
    for (ScenarioRequest& request : set.requests) {
      std::erase_if(request.renewed_sources, [&](std::size_t source) {
        return scenario.variables.sources[source].renewal != ValueSource::Renewal::request;
      });
      for (Capture& capture : request.captures)
        capture.is_for_fields = names.is_in_field(capture.variable);
    }
  };
  mark(scenario.setup);
  for (ScenarioSet& set : scenario.sets)
    mark(set);
}

void read_root(const json::Node& root, ScenarioContext& context) {
  Scenario& scenario = context.scenario;
  if (!root.is_object()) {
    root.fail("expected an object");
    return;
  }
  root.expect_only({"seed", "max_capture", "variables", "setup", "sets"});
  if (const json::Node seed = root.find("seed"); seed.exists())
    scenario.seed = seed.unsigned_integer();
  const json::Node max_capture = root.find("max_capture");
  scenario.max_capture =
      max_capture.exists() ? max_capture.unsigned_integer(kMaxCapture) : kDefaultCapture;
  read_variables(root.find("variables"), context);
  const json::Node setup = root.find("setup");
  const json::Node sets = root.member("sets");
  read_capture_names(setup, context);
  if (sets.is_array()) {
    for (std::size_t i = 0; i < sets.size(); ++i)
      if (sets.element(i).is_object())
        read_capture_names(sets.element(i).find("requests"), context);
  }
  scenario.setup.is_sequence = true;
  if (setup.exists()) read_requests(setup, context, scenario.setup, ThinkTime{});
  if (sets.is_array() && sets.size() == 0) sets.fail("expected at least one set");
  if (sets.size() > kMaxSets) sets.fail("more than " + std::to_string(kMaxSets) + " sets");
  for (std::size_t i = 0; i < sets.size() && i < kMaxSets; ++i)
    scenario.sets.push_back(read_set(sets.element(i), context));
  std::size_t requests = 0;
  scenario.for_each_request([&requests](const ScenarioRequest&) { ++requests; });
  if (requests > kMaxRequests) {
    root.fail("more than " + std::to_string(kMaxRequests) + " requests");
  }
  if (const auto problem = context.names.check_fields(); !problem.empty())
    root.find("variables").fail(problem);
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash + 1);
}

}  // namespace

base::Result<std::unique_ptr<Scenario>> read_scenario(const std::string& path) {
  auto text = base::read_file(path, kMaxFileBytes);
  if (!text) return base::Error{text.error()};
  auto document = json::Document::parse(path == "-" ? "standard input" : path, *std::move(text));
  if (!document) return base::Error{document.error()};
  auto scenario = std::make_unique<Scenario>();
  VariableNames names;
  ScenarioContext context{*scenario, names, folder_of(path)};
  read_root(document->root(), context);
  if (!document->problem().empty()) return base::Error{document->problem()};
  scenario->variables = names.take();
  mark_captures(*scenario, names);
  return scenario;
}

}  // namespace h2load
