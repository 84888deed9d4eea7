// SPDX-License-Identifier: MIT
// The part of a plan that --scenario makes.
#include "h2load/scenario_plan.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/random.h"
#include "base/text.h"
#include "h2load/scenario_source.h"

namespace h2load {

namespace {

void add_server(std::vector<base::Url>& servers, const base::Url& server) {
  for (const base::Url& known : servers)
    if (known.origin() == server.origin()) return;
  servers.push_back(server);
}

// A request for a server that nobody talks to would be left out silently.
base::Result<void> check_servers(const Scenario& scenario, const std::vector<base::Url>& servers) {
  std::string stray;
  scenario.for_each_request([&](const ScenarioRequest& request) {
    if (!request.origin || !stray.empty()) return;
    const auto is_it = [&](const base::Url& server) {
      return server.origin() == request.origin->origin();
    };
    if (std::ranges::none_of(servers, is_it)) stray = request.origin->origin();
  });
  if (stray.empty()) return {};
  return base::Error{"the scenario has requests for " + stray +
                     ", which is none of the hosts; with --multi-host there can be several"};
}

void settle_seed(Scenario& scenario, const Config& config) {
  if (config.seed) scenario.seed = config.seed;
  // As large as every reader of JSON keeps exactly.
  if (!scenario.seed) scenario.seed = base::random_below(std::uint64_t{1} << 53);
  scenario.variables.shuffle(*scenario.seed);
}

}  // namespace

base::Result<void> add_scenario(Plan& plan, std::vector<base::Url> servers) {
  auto read = read_scenario(plan.config.scenario_file);
  if (!read) return base::Error{read.error()};
  const std::shared_ptr<Scenario> scenario = *std::move(read);
  settle_seed(*scenario, plan.config);
  if (servers.empty()) {
    scenario->for_each_request([&](const ScenarioRequest& request) {
      if (request.origin) add_server(servers, *request.origin);
    });
  }
  if (servers.empty()) {
    return base::Error{"a URI is missing: nothing says which host the scenario is for"};
  }
  if (servers.size() > 1 && !plan.config.multi_host) servers.resize(1);
  if (const auto known = check_servers(*scenario, servers); !known) return known;
  for (const base::Url& server : servers) {
    auto form = ScenarioForm::make(*scenario, plan.config, server);
    if (!form) return base::Error{form.error()};
    Target& target = plan.targets.emplace_back();
    target.origin = server;
    target.supply =
        std::make_unique<ScenarioSupply>(*scenario, *std::move(form), plan.config.clients);
  }
  plan.names = scenario->names;
  plan.scenario = scenario;
  return {};
}

}  // namespace h2load
