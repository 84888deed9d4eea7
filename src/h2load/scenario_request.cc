// SPDX-License-Identifier: MIT
// Reading a scenario: its requests.
#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "base/file.h"
#include "base/text.h"
#include "h2load/scenario_reader.h"
#include "http1/syntax.h"

namespace h2load {

namespace {

constexpr std::uint64_t kMaxWeight = 1'000'000;
constexpr std::size_t kMaxBodyBytes = std::size_t{256} << 20;
constexpr std::size_t kMaxFields = 200;

// What depends on the connection or on the content is for h2load to say.
constexpr std::array<std::string_view, 8> kOwnFields = {
    "connection", "content-length",    "keep-alive", "proxy-connection", "trailer",
    "te",         "transfer-encoding", "upgrade"};

std::string field_problem(const std::string& name) {
  if (!http1::is_token(name)) return "this is no name of a field";
  if (std::ranges::find(kOwnFields, name) != kOwnFields.end())
    return "h2load sets this field itself";
  return {};
}

// A value that may have variables.
TextTemplate read_field_value(const json::Node& node, ScenarioContext& context) {
  const std::string text = node.text();
  if (!is_field_text(text)) node.fail("a field cannot have this value");
  TextTemplate value = read_template(node, text, Escaping::none, context);
  for (const VariableId variable : value.variables())
    context.names.use_in_field(variable);
  return value;
}

void read_path(const json::Node& node, ScenarioRequest& request, ScenarioContext& context) {
  const std::string text = node.text();
  const std::size_t scheme_end = text.find("://");
  std::size_t path_begin = 0;
  if (text.starts_with("http://") || text.starts_with("https://")) {
    path_begin = std::min(text.find_first_of("/?#", scheme_end + 3), text.size());
    auto origin = base::parse_url(text.substr(0, path_begin));
    if (!origin) {
      node.fail(origin.error());
      return;
    }
    request.origin = *std::move(origin);
  }
  std::string path = text.substr(path_begin, text.find('#', path_begin) - path_begin);
  if (path.starts_with('?') || (path.empty() && request.origin)) path.insert(0, "/");
  if (!path.starts_with('/')) {
    if (node.exists()) node.fail("expected a path that begins with '/', or an http or https URI");
    return;
  }
  // Places of variables have to stay as they are: the characters around them are checked alone.
  const bool is_clean = std::ranges::none_of(path, [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return octet < 0x20 || octet >= 0x7f;
  });
  if (!is_clean) node.fail("what is no printable ASCII must be percent-encoded");
  request.path = read_template(node, path, Escaping::uri, context);
  if (request.path.text().find(' ') != std::string::npos) {
    node.fail("a space must be written as %20");
  }
}

void read_body(const json::Node& node, ScenarioRequest& request, ScenarioContext& context) {
  const json::Node text = node.find("body");
  const json::Node file = node.find("body_file");
  const json::Node json = node.find("json");
  if (text.exists() + file.exists() + json.exists() > 1) {
    node.fail("\"body\", \"body_file\" and \"json\" exclude each other");
    return;
  }
  if (file.exists()) {
    auto content = base::read_file(context.path_of(file.text()), kMaxBodyBytes);
    if (!content) {
      file.fail(content.error());
      return;
    }
    request.fixed_body = std::make_shared<const std::string>(*std::move(content));
    return;
  }
  if (!text.exists() && !json.exists()) return;
  TextTemplate body = json.exists() ? read_template(json, json.compact(), Escaping::json, context)
                                    : read_template(text, text.text(), Escaping::none, context);
  if (body.is_constant()) {
    request.fixed_body = std::make_shared<const std::string>(body.text());
  } else {
    request.body = std::move(body);
  }
  if (!json.exists()) return;
  if (std::ranges::find(request.headers, "content-type", &ScenarioField::name) ==
      request.headers.end()) {
    request.headers.push_back(
        {"content-type", read_template(json, "application/json", Escaping::none, context)});
  }
}

void add_status(const json::Node& node, StatusSet& set) {
  const bool is_known = node.is_string() ? set.add(std::string_view(node.text()))
                                         : node.is_integer() && set.add(node.unsigned_integer());
  if (!is_known) node.fail("expected a status from 200 to 599, or a class such as \"2xx\"");
}

StatusSet read_expected(const json::Node& node) {
  if (!node.exists()) return {};
  StatusSet set = StatusSet::none();
  if (!node.is_array()) {
    add_status(node, set);
    return set;
  }
  if (node.size() == 0) node.fail("expected at least one status");
  for (std::size_t i = 0; i < node.size(); ++i)
    add_status(node.element(i), set);
  return set;
}

std::string read_method(const json::Node& node, const ScenarioRequest& request) {
  if (!node.exists()) return request.has_body() || !request.trailers.empty() ? "POST" : "GET";
  std::string method = node.text();
  if (!http1::is_token(method) || method == "CONNECT") node.fail("this is no method to use here");
  return method;
}

std::uint32_t label_of(const json::Node& node, const std::string& otherwise, Scenario& scenario) {
  const std::string name = node.exists() ? node.text() : otherwise;
  if (node.exists() && (name.empty() || name.size() > 100)) {
    node.fail("expected 1 to 100 characters");
  }
  auto& names = scenario.names;
  const auto found = std::ranges::find(names, name);
  if (found != names.end()) return static_cast<std::uint32_t>(found - names.begin());
  names.push_back(name);
  return static_cast<std::uint32_t>(names.size() - 1);
}

// What has a new value for each request that has it.
std::vector<std::size_t> sources_of(const ScenarioRequest& request, const VariableNames& names) {
  std::set<std::size_t> sources;
  const auto add = [&](const TextTemplate& text) {
    for (const VariableId variable : text.variables())
      if (const auto source = names.source_of(variable)) sources.insert(*source);
  };
  add(request.path);
  for (const ScenarioField& field : request.headers)
    add(field.value);
  for (const ScenarioField& field : request.trailers)
    add(field.value);
  if (request.body) add(*request.body);
  return {sources.begin(), sources.end()};
}

}  // namespace

std::vector<ScenarioField> read_fields(const json::Node& node, ScenarioContext& context) {
  std::vector<ScenarioField> fields;
  for (const auto& [key, value] : node.members()) {
    const std::string name = base::to_lower(key);
    if (const auto problem = field_problem(name); !problem.empty()) value.fail(problem);
    const std::size_t count = value.is_array() ? value.size() : 1;
    for (std::size_t i = 0; i < count; ++i) {
      const json::Node one = value.is_array() ? value.element(i) : value;
      fields.push_back({name, read_field_value(one, context)});
      if (name == "host" && !fields.back().value.is_constant()) {
        one.fail("a connection is to one host: there can be no variables here");
      }
    }
  }
  if (fields.size() > kMaxFields) node.fail("more than " + std::to_string(kMaxFields) + " fields");
  return fields;
}

ScenarioRequest read_request(const json::Node& node, ScenarioContext& context, bool is_sequence,
                             const ThinkTime& think_time) {
  std::vector<std::string_view> known = {"name",    "method",    "path",      "headers",
                                         "body",    "body_file", "json",      "expect",
                                         "capture", "trailers",  "think_time"};
  if (!is_sequence) known.emplace_back("weight");
  node.expect_only(known);
  ScenarioRequest request;
  read_path(node.member("path"), request, context);
  request.headers = read_fields(node.find("headers"), context);
  request.trailers = read_fields(node.find("trailers"), context);
  read_body(node, request, context);
  request.method = read_method(node.find("method"), request);
  request.expected = read_expected(node.find("expect"));
  request.captures = read_captures(node.find("capture"), context);
  const json::Node think = node.find("think_time");
  request.think_time = think.exists() ? read_think_time(think) : think_time;
  if (!is_sequence) request.weight = read_positive(node.find("weight"), kMaxWeight);
  request.label = label_of(node.find("name"), request.method + " " + node.find("path").text(),
                           context.scenario);
  request.renewed_sources = sources_of(request, context.names);
  return request;
}

}  // namespace h2load
