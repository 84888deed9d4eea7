// SPDX-License-Identifier: MIT
// What one client does in a scenario.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "h2load/request_source.h"
#include "h2load/scenario_form.h"

namespace h2load {

// A client is one user: it does what the setup says; then it picks a set by chance, again and
// again, and sends one request of it or, of a sequence, all, each when the one before has its
// response. While it thinks nothing begins.
class ScenarioSource final : public RequestSource {
 public:
  // All of these outlive the object.
  ScenarioSource(const Scenario& scenario, const ScenarioForm& form, ClientNumber client);
  ~ScenarioSource() override;

  TimePoint ready_at() const override { return awaits_ ? TimePoint::max() : ready_at_; }
  Assignment next() override;

 private:
  class Issue;

  void begin_turn();
  const RequestForm& pick();
  Issue& acquire(const RequestForm& form);
  void ended(Issue& issue, bool failed, TimePoint now);
  void go_on(bool failed);

  const Scenario& scenario_;
  const ScenarioForm& form_;
  ClientVariables variables_;
  // Apart, for times to think are drawn in the order in which responses come.
  RandomStream choices_;
  RandomStream times_;

  bool is_set_up_;
  // The set whose turn it is, and the next step of a sequence.
  const SetForm* set_ = nullptr;
  std::size_t step_ = 0;
  // A response that the sequence goes on with.
  bool awaits_ = false;
  TimePoint ready_at_ = TimePoint::min();

  std::vector<std::unique_ptr<Issue>> issues_;
  std::vector<Issue*> free_;
  std::string scratch_;
};

// The scenario for all clients of one server.
class ScenarioSupply final : public RequestSupply {
 public:
  ScenarioSupply(const Scenario& scenario, ScenarioForm form, std::uint64_t clients)
      : scenario_(scenario), form_(std::move(form)), clients_(clients) {}

  std::unique_ptr<RequestSource> source_for(std::uint64_t client) const override {
    return std::make_unique<ScenarioSource>(scenario_, form_, ClientNumber{client, clients_});
  }

 private:
  const Scenario& scenario_;
  const ScenarioForm form_;
  const std::uint64_t clients_;
};

}  // namespace h2load
