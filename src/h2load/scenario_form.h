// SPDX-License-Identifier: MIT
// The requests of a scenario as they are sent to one server: what does not vary is made before the
// run.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/url.h"
#include "h2load/config.h"
#include "h2load/request.h"
#include "h2load/scenario.h"
#include "h2load/weighted_choice.h"

namespace h2load {

class RequestForm {
 public:
  // `spec` outlives the object.
  static base::Result<RequestForm> make(const ScenarioRequest& spec, const Config& config,
                                        const base::Url& server);

  const ScenarioRequest& spec() const { return *spec_; }
  // Of a request without variables, to be sent by everybody; else nullptr.
  const Request* constant() const { return constant_.get(); }
  // Of a request with variables, to be filled in before each use.
  std::unique_ptr<Request> instance() const;
  void fill(Request& request, std::span<const std::string> values, std::string& scratch) const;

 private:
  // A header or trailer field whose value varies.
  struct Varied {
    std::size_t index;  // in the field section
    const TextTemplate* value;
  };

  RequestForm(const ScenarioRequest& spec, const base::Url& server);
  base::Result<void> add_option_fields(const Config& config);
  void add_scenario_fields();
  base::Result<std::unique_ptr<Request>> prepare() const;
  bool is_constant() const;

  const ScenarioRequest* spec_;
  // With nothing in the places of variables.
  http::Head head_;
  http::Fields trailers_;
  std::vector<Varied> varied_;
  std::vector<Varied> varied_trailers_;
  std::optional<std::size_t> length_field_;  // where content-length is, if it varies
  std::unique_ptr<const Request> constant_;
};

// Those requests of a set that a server gets.
struct SetForm {
  const ScenarioSet* spec = nullptr;
  std::vector<RequestForm> requests;
  WeightedChoice choice;  // unless it is a sequence
};

// A scenario for the clients of one server.
struct ScenarioForm {
  SetForm setup;
  std::vector<SetForm> sets;
  WeightedChoice choice;

  // Requests that name another server are left out, and sequences with them.
  static base::Result<ScenarioForm> make(const Scenario& scenario, const Config& config,
                                         const base::Url& server);
};

}  // namespace h2load
