// SPDX-License-Identifier: MIT
// What one client does in a scenario.
#include "h2load/scenario_source.h"

#include <algorithm>
#include <utility>

namespace h2load {

// A request on its way. It is used again for requests of the same form.
class ScenarioSource::Issue final : public ResponseObserver {
 public:
  Issue(ScenarioSource& source, const RequestForm& form)
      : source_(source),
        form_(form),
        own_(form.constant() ? nullptr : form.instance()),
        captures_(form.spec().captures, source.scenario_.max_capture) {}

  const RequestForm& form() const { return form_; }
  const Request& request() const { return own_ ? *own_ : *form_.constant(); }

  void prepare(bool in_sequence) {
    in_sequence_ = in_sequence;
    captures_.begin();
    for (const std::size_t source : form_.spec().renewed_sources)
      source_.variables_.renew(source);
    if (own_) form_.fill(*own_, source_.variables_.values(), source_.scratch_);
  }
  bool is_in_sequence() const { return in_sequence_; }

  void on_field(std::string_view name, std::string_view value) override {
    captures_.on_field(name, value);
  }
  void on_content(std::string_view piece) override { captures_.on_content(piece); }

  std::string on_response(int status, TimePoint now) override {
    std::string problem;
    if (!form_.spec().expected.contains(status)) {
      problem = "status " + std::to_string(status);
    } else {
      problem = captures_.end([this](VariableId variable, std::string value) {
        source_.variables_.assign(variable, std::move(value));
      });
    }
    source_.ended(*this, !problem.empty(), now);
    return problem;
  }
  void on_failure(TimePoint now) override { source_.ended(*this, true, now); }

 private:
  ScenarioSource& source_;
  const RequestForm& form_;
  const std::unique_ptr<Request> own_;
  CaptureRun captures_;
  bool in_sequence_ = false;
};

ScenarioSource::ScenarioSource(const Scenario& scenario, const ScenarioForm& form,
                               ClientNumber client)
    : scenario_(scenario),
      form_(form),
      variables_(scenario.variables, client, scenario.seed.value_or(0)),
      choices_(RandomStream::derive(~scenario.seed.value_or(0), 2 * client.index)),
      times_(RandomStream::derive(~scenario.seed.value_or(0), 2 * client.index + 1)),
      is_set_up_(form.setup.requests.empty()) {}

ScenarioSource::~ScenarioSource() = default;

Assignment ScenarioSource::next() {
  const bool has_turn = set_ != nullptr;
  if (!has_turn) begin_turn();
  const bool in_sequence = set_->spec->is_sequence;
  const RequestForm& form = in_sequence ? set_->requests[step_] : pick();
  if (in_sequence) {
    awaits_ = true;
  } else {
    set_ = nullptr;
  }
  Issue& issue = acquire(form);
  issue.prepare(in_sequence);
  return {&issue.request(), &issue};
}

void ScenarioSource::begin_turn() {
  set_ = is_set_up_ ? &form_.sets[form_.choice.choose(choices_)] : &form_.setup;
  step_ = 0;
  variables_.begin_sequence();
}

const RequestForm& ScenarioSource::pick() {
  return set_->requests[set_->choice.choose(choices_)];
}

ScenarioSource::Issue& ScenarioSource::acquire(const RequestForm& form) {
  const auto found =
      std::ranges::find_if(free_, [&form](const Issue* issue) { return &issue->form() == &form; });
  if (found == free_.end()) {
    issues_.push_back(std::make_unique<Issue>(*this, form));
    return *issues_.back();
  }
  Issue& issue = **found;
  *found = free_.back();
  free_.pop_back();
  return issue;
}

void ScenarioSource::ended(Issue& issue, bool failed, TimePoint now) {
  const ThinkTime& think = issue.form().spec().think_time;
  if (!think.is_none()) ready_at_ = std::max(ready_at_, now + think.draw(times_));
  if (issue.is_in_sequence()) go_on(failed);
  free_.push_back(&issue);
}

// A sequence, after the response to one of its requests.
void ScenarioSource::go_on(bool failed) {
  awaits_ = false;
  const bool left = failed && set_->spec->leave_on_failure;
  if (!left && ++step_ < set_->requests.size()) return;
  // A setup that has failed begins anew.
  if (!is_set_up_) is_set_up_ = !left;
  set_ = nullptr;
}

}  // namespace h2load
