// SPDX-License-Identifier: MIT
// The requests of a scenario as they are sent to one server.
#include "h2load/scenario_form.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace h2load {

namespace {

bool is_for(const ScenarioRequest& request, const base::Url& server) {
  return !request.origin || request.origin->origin() == server.origin();
}

base::Result<SetForm> make_set(const ScenarioSet& spec, const Config& config,
                               const base::Url& server) {
  SetForm set;
  set.spec = &spec;
  const auto is_ours = [&](const ScenarioRequest& request) { return is_for(request, server); };
  if (spec.is_sequence && !std::ranges::all_of(spec.requests, is_ours)) return set;
  for (const ScenarioRequest& request : spec.requests) {
    if (!is_ours(request)) continue;
    auto form = RequestForm::make(request, config, server);
    if (!form) return base::Error{form.error()};
    set.requests.push_back(*std::move(form));
    set.choice.add(request.weight);
  }
  return set;
}

}  // namespace

RequestForm::RequestForm(const ScenarioRequest& spec, const base::Url& server)
    : spec_(&spec),
      head_(http::request_head(spec.method, server.scheme, server.authority(), spec.path.text())) {}

base::Result<RequestForm> RequestForm::make(const ScenarioRequest& spec, const Config& config,
                                            const base::Url& server) {
  RequestForm form(spec, server);
  if (const auto done = form.add_option_fields(config); !done) return base::Error{done.error()};
  form.add_scenario_fields();
  auto request = form.prepare();
  if (!request) return base::Error{request.error()};
  if (form.is_constant()) form.constant_ = *std::move(request);
  return form;
}

// What every request has, and what -H says.
base::Result<void> RequestForm::add_option_fields(const Config& config) {
  http::Fields& fields = head_.fields;
  fields.add("user-agent", "h2load nghttp2/" NGHTTP2_VERSION);
  std::vector<std::string_view> seen;
  for (const auto& [name, value] : config.headers) {
    if (name == ":authority" || name == "host") {
      head_.authority = value;
    } else if (name.starts_with(':')) {
      return base::Error{"--header=" + base::quote(name, 64) +
                         " and --scenario exclude each other"};
    } else if (std::ranges::find(seen, name) == seen.end()) {
      fields.set(name, value);
      seen.push_back(name);
    } else {
      fields.add(name, value);
    }
  }
  return {};
}

void RequestForm::add_scenario_fields() {
  http::Fields& fields = head_.fields;
  for (const ScenarioField& field : spec_->headers)
    fields.remove(field.name);
  // Content before trailers has an end of its own (RFC 9112 §7.1), hence no length.
  if (spec_->has_body() && spec_->trailers.empty()) {
    fields.remove("content-length");
    if (spec_->body) length_field_ = fields.size();
    fields.add("content-length",
               spec_->fixed_body ? std::to_string(spec_->fixed_body->size()) : "0");
  }
  for (const ScenarioField& field : spec_->headers) {
    if (field.name == "host") {
      head_.authority = field.value.text();
      continue;
    }
    if (!field.value.is_constant()) varied_.push_back({fields.size(), &field.value});
    fields.add(field.name, field.value.text());
  }
  for (const ScenarioField& field : spec_->trailers) {
    if (!field.value.is_constant()) varied_trailers_.push_back({trailers_.size(), &field.value});
    trailers_.add(field.name, field.value.text());
  }
}

bool RequestForm::is_constant() const {
  return spec_->path.is_constant() && !spec_->body && varied_.empty() && varied_trailers_.empty();
}

base::Result<std::unique_ptr<Request>> RequestForm::prepare() const {
  SharedText body = spec_->fixed_body;
  if (!body && (spec_->body || !trailers_.empty())) body = std::make_shared<const std::string>();
  auto request = Request::prepare(head_, std::move(body), trailers_);
  if (request) (*request)->set_label(spec_->label);
  return request;
}

std::unique_ptr<Request> RequestForm::instance() const {
  // That this can be has been seen in make().
  return *prepare();
}

void RequestForm::fill(Request& request, std::span<const std::string> values,
                       std::string& scratch) const {
  if (!spec_->path.is_constant()) {
    spec_->path.expand(values, scratch);
    request.set_path(scratch);
  }
  for (const Varied& field : varied_) {
    field.value->expand(values, scratch);
    request.set_field(field.index, base::trim(scratch));
  }
  for (const Varied& field : varied_trailers_) {
    field.value->expand(values, scratch);
    request.set_trailer(field.index, base::trim(scratch));
  }
  if (spec_->body) {
    spec_->body->expand(values, scratch);
    request.set_body(scratch);
    if (length_field_) request.set_field(*length_field_, std::to_string(scratch.size()));
  }
}

base::Result<ScenarioForm> ScenarioForm::make(const Scenario& scenario, const Config& config,
                                              const base::Url& server) {
  ScenarioForm form;
  auto setup = make_set(scenario.setup, config, server);
  if (!setup) return base::Error{setup.error()};
  form.setup = *std::move(setup);
  for (const ScenarioSet& spec : scenario.sets) {
    auto set = make_set(spec, config, server);
    if (!set) return base::Error{set.error()};
    if (set->requests.empty()) continue;
    form.choice.add(spec.weight);
    form.sets.push_back(*std::move(set));
  }
  if (form.sets.empty()) {
    return base::Error{"the scenario has no requests for " + server.origin()};
  }
  return form;
}

}  // namespace h2load
